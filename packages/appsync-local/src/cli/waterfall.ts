import type {
  RecordedAsk,
  RecordedHandler,
  RecordedRequest,
  RecordedResolver,
  RecordedStep,
  RequestSummary,
} from '../recorder/recorded-request.ts';

/** Paints a text; without a terminal it stays as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

/** One line with a bar. */
interface Row {
  label: string;
  startMs: number;
  /** Null while it had not ended. */
  ms: number | null;
  note: string;
  isError: boolean;
}

const LABEL_WIDTH = 44;
const BAR_WIDTH = 32;

/** A request as lines of a terminal: what it was, a bar for each step, and what it came to. */
export function waterfallLines(request: RecordedRequest, paint: Paint): string[] {
  const { id, at, status, ms, caller, madeBy, door } = request;
  const who = [caller?.mode ?? 'no caller', ...(madeBy === undefined ? [] : [`made by ${madeBy}`])].join(
    ', ',
  );
  return [
    `${paint('bold', printable(request.title))}  ${statusText(request, paint)}  ${inMs(ms)}`,
    paint('dim', `request ${id}, ${at}, ${who}${door === 'http' ? '' : ', real time'}`),
    '',
    ...rowsOf(request).map((row) => barLine(row, ms, paint)),
    ...request.lines.map(({ level, place, words }) =>
      paint(level === 'ERROR' ? 'red' : 'yellow', printable(`  ${level} ${place}  ${words}`)),
    ),
    ...errorLines(request, paint),
    '',
    ...closingLines(request, paint),
    ...(status === null ? [paint('red', 'It had not been answered.')] : []),
  ];
}

/** The last requests, the newest last, where a terminal shows it next to the prompt. */
export function listLines(requests: readonly RequestSummary[], paint: Paint): string[] {
  return [...requests].reverse().map((request) => {
    const { id, at, ms, madeBy, mode } = request;
    const who = madeBy === undefined ? (mode ?? '-') : `${mode}, made by ${madeBy}`;
    const time = at.slice(11, 23);
    const title = printable(request.title).slice(0, 60).padEnd(60);
    return `${paint('dim', time)} ${statusText(request, paint)} ${inMs(ms).padStart(10)}  ${title} ${paint('dim', `${id}  ${who}`)}`;
  });
}

function statusText({ status, errors }: RequestSummary, paint: Paint): string {
  const text = `${status ?? '---'}${errors > 0 ? ` ${errors} error${errors > 1 ? 's' : ''}` : ''}`;
  return paint(status === 200 && errors === 0 ? 'green' : 'red', text.padEnd(3));
}

function rowsOf({ authorizedMs, resolvers, subscribers }: RecordedRequest): Row[] {
  return [
    ...(authorizedMs === null ? [] : [row('authorize', 0, authorizedMs)]),
    ...resolvers.flatMap(resolverRows),
    ...subscribers.map(({ atMs, mutation, subscribers: count, bytes }) =>
      row(`publish ${mutation}`, atMs, 0, `${count} subscriber${count === 1 ? '' : 's'}, ${bytes} bytes`),
    ),
  ];
}

const row = (label: string, startMs: number, ms: number | null, note = '', isError = false): Row => ({
  label,
  startMs,
  ms,
  note,
  isError,
});

function resolverRows({ field, path, startMs, ms, errors, steps }: RecordedResolver): Row[] {
  const failed = Array.isArray(errors) && errors.length > 0;
  return [
    row(`${field}  ${path.join('.')}`, startMs, ms, ms === null ? 'not ended' : '', failed),
    ...steps.flatMap(stepRows),
  ];
}

function stepRows({ number, name, request, dataSource, response }: RecordedStep): Row[] {
  const handler = (which: string, one: RecordedHandler): Row =>
    row(`  ${number} ${name} ${which}`, one.startMs, one.ms, noteOf(one), one.error !== undefined);
  return [
    ...(request ? [handler('request', request)] : []),
    ...(dataSource ? callRows(number, dataSource) : []),
    ...(response ? [handler('response', response)] : []),
  ];
}

const noteOf = ({ earlyReturn, error }: RecordedHandler): string =>
  earlyReturn ? `early return, on to ${earlyReturn}` : error === undefined ? '' : errorText(error);

function callRows(number: number, ask: RecordedAsk): Row[] {
  const { type, name, startMs, ms, calls, batch, error } = ask;
  const shared = batch ? `batch, ${batch.index + 1} of ${batch.size}` : '';
  if (calls.length === 0) {
    return [row(`  ${number}   ${type} ${name}`, startMs, ms, errorText(error), error !== null)];
  }
  return calls.map(
    ({ service, operation, target, units, error: failure = units ? null : error, ...call }) => {
      const what = service === 'HTTP' ? target : name;
      const note = join(shared, units ? unitsText(units) : '', errorText(failure));
      return row(
        `  ${number}   ${service} ${operation} ${what}`,
        call.startMs,
        call.ms,
        note,
        failure !== null,
      );
    },
  );
}

const join = (...notes: string[]): string => notes.filter((note) => note !== '').join(', ');

function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return '';
  }
  const { errorType, type, message } = error as Record<string, unknown>;
  return `${String(errorType ?? type ?? 'error')}: ${String(message)}`;
}

const unitsText = ({ read, write }: { read: number; write: number }): string =>
  join(read > 0 ? `${read} read` : '', write > 0 ? `${write} written` : '');

function barLine({ label, startMs, ms, note, isError }: Row, totalMs: number, paint: Paint): string {
  const scale = BAR_WIDTH / Math.max(totalMs, 0.001);
  const from = Math.min(BAR_WIDTH - 1, Math.max(0, Math.floor(startMs * scale)));
  const width = Math.max(1, Math.min(BAR_WIDTH - from, Math.round((ms ?? totalMs - startMs) * scale)));
  const bar = `${' '.repeat(from)}${'█'.repeat(width)}`.padEnd(BAR_WIDTH);
  const time = ms === null ? '' : inMs(ms);
  const line = `${fitted(label)} ${time.padStart(10)} ${paint(isError ? 'red' : 'green', bar)}`;
  return note === ''
    ? line.trimEnd()
    : `${line} ${isError ? paint('red', printable(note)) : printable(note)}`;
}

/** Keeps the end of a long label, where names of functions and tables differ. */
function fitted(label: string): string {
  const text = printable(label);
  return text.length > LABEL_WIDTH
    ? `${text.slice(0, 20)}…${text.slice(21 - LABEL_WIDTH)}`
    : text.padEnd(LABEL_WIDTH);
}

function errorLines({ answer }: RecordedRequest, paint: Paint): string[] {
  const { errors = [] } = (answer ?? {}) as { errors?: Record<string, unknown>[] };
  return errors.map(({ path, errorType, message }) => {
    const where = Array.isArray(path) ? ` at ${path.join('.')}` : '';
    return paint('red', printable(`  ${String(errorType ?? 'error')}${where}: ${String(message)}`));
  });
}

const A_MILLION = 1_000_000;

function closingLines({ units, cost, cutBytes, resolversLeftOut }: RecordedRequest, paint: Paint): string[] {
  const dollars = `$${(cost.usd * A_MILLION).toFixed(2)}`;
  return [
    `${units.read} read units, ${units.write} write units. A million of these cost ${dollars} on AWS ` +
      paint('dim', `(list prices of ${cost.region}, ${cost.compiled})`),
    ...(cutBytes > 0 ? [`Not kept, because the request has too much: about ${cutBytes} bytes.`] : []),
    ...(resolversLeftOut > 0 ? [`Not kept: ${resolversLeftOut} more resolver runs.`] : []),
  ];
}

const inMs = (ms: number): string => `${ms.toFixed(2)} ms`;

/** Clients choose some of the texts, and control characters would move the cursor. */
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
