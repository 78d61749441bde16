import { counted } from '../ground/counted.ts';
import type { RecordedRequest, RequestSummary } from '../recorder/recorded-request.ts';
import { type Row, rowsOf } from '../recorder/waterfall.ts';

/** Paints a text; without a terminal it stays as it is. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'green' | 'yellow', text: string) => string;

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
    ...(status === null ? [paint('red', 'The request has no answer yet.')] : []),
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

function barLine(row: Row, totalMs: number, paint: Paint): string {
  const { startMs, ms, note, isError } = row;
  const scale = BAR_WIDTH / Math.max(totalMs, 0.001);
  const from = Math.min(BAR_WIDTH - 1, Math.max(0, Math.floor(startMs * scale)));
  const width = Math.max(1, Math.min(BAR_WIDTH - from, Math.round((ms ?? totalMs - startMs) * scale)));
  const bar = `${' '.repeat(from)}${'█'.repeat(width)}`.padEnd(BAR_WIDTH);
  const time = ms === null ? '' : inMs(ms);
  const line = `${fitted(labelOf(row))} ${time.padStart(10)} ${paint(isError ? 'red' : 'green', bar)}`;
  return note === ''
    ? line.trimEnd()
    : `${line} ${isError ? paint('red', printable(note)) : printable(note)}`;
}

const labelOf = ({ label, step, depth }: Row): string =>
  step === null ? label : `  ${step} ${'  '.repeat(depth - 1)}${label}`;

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
    `${counted(units.read, 'read unit')}, ${counted(units.write, 'write unit')}. A million of these cost ${dollars} on AWS ` +
      paint('dim', `(list prices of ${cost.region}, ${cost.compiled})`),
    ...(cutBytes > 0 ? [`Not recorded, because the values are too large: about ${cutBytes} bytes.`] : []),
    ...(resolversLeftOut > 0 ? [`Not recorded: ${resolversLeftOut} more resolver runs.`] : []),
  ];
}

const inMs = (ms: number): string => `${ms.toFixed(2)} ms`;

/** Clients choose some of the texts, and control characters would move the cursor. */
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
