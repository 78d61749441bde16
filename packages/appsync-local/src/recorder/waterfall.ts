import { counted } from '../ground/counted.ts';
import type {
  RecordedAsk,
  RecordedCall,
  RecordedHandler,
  RecordedRequest,
  RecordedResolver,
  RecordedStep,
} from './recorded-request.ts';

/** What a row of the waterfall shows. */
export type Subject =
  | { kind: 'authorization' }
  | { kind: 'resolver'; resolver: RecordedResolver }
  | { kind: 'handler'; handler: 'request' | 'response'; step: RecordedStep; ran: RecordedHandler }
  | { kind: 'call'; step: RecordedStep; ask: RecordedAsk; call: RecordedCall | null }
  | { kind: 'delivery'; delivery: RecordedRequest['subscribers'][number] };

/** One bar of a request's waterfall. Times are milliseconds from the request's arrival. */
export interface Row {
  /** The number of the step; null for what belongs to no step. */
  step: number | null;
  /** 0 for a part of the request, 1 for a handler of a step, 2 for a call that the step makes. */
  depth: 0 | 1 | 2;
  label: string;
  startMs: number;
  /** Null while it had not ended. */
  ms: number | null;
  /** Units, an error, an early return. */
  note: string;
  isError: boolean;
  subject: Subject;
}

/** The bars of a request, in the order in which things began. */
export function rowsOf({ authorizedMs, resolvers, subscribers }: RecordedRequest): Row[] {
  return [
    ...(authorizedMs === null ? [] : [authorizationRow(authorizedMs)]),
    ...resolvers.flatMap(resolverRows),
    ...subscribers.map(deliveryRow),
  ];
}

const authorizationRow = (ms: number): Row => ({
  step: null,
  depth: 0,
  label: 'authorize',
  startMs: 0,
  ms,
  note: '',
  isError: false,
  subject: { kind: 'authorization' },
});

function deliveryRow(delivery: RecordedRequest['subscribers'][number]): Row {
  const { atMs, mutation, subscribers, bytes } = delivery;
  return {
    step: null,
    depth: 0,
    label: `publish ${mutation}`,
    startMs: atMs,
    ms: 0,
    note: `${counted(subscribers, 'subscriber')}, ${bytes} bytes`,
    isError: false,
    subject: { kind: 'delivery', delivery },
  };
}

function resolverRows(resolver: RecordedResolver): Row[] {
  const { field, path, startMs, ms, errors, steps } = resolver;
  return [
    {
      step: null,
      depth: 0,
      label: `${field}  ${path.join('.')}`,
      startMs,
      ms,
      note: ms === null ? 'not ended' : '',
      isError: Array.isArray(errors) && errors.length > 0,
      subject: { kind: 'resolver', resolver },
    },
    ...steps.flatMap(stepRows),
  ];
}

function stepRows(step: RecordedStep): Row[] {
  const { request, dataSource, response } = step;
  return [
    ...(request ? [handlerRow(step, 'request', request)] : []),
    ...(dataSource ? callRows(step, dataSource) : []),
    ...(response ? [handlerRow(step, 'response', response)] : []),
  ];
}

function handlerRow(step: RecordedStep, handler: 'request' | 'response', ran: RecordedHandler): Row {
  const { startMs, ms, earlyReturn, error } = ran;
  return {
    step: step.number,
    depth: 1,
    label: `${step.name} ${handler}`,
    startMs,
    ms,
    note: earlyReturn ? `early return, continues at ${earlyReturn}` : errorText(error),
    isError: error !== undefined,
    subject: { kind: 'handler', handler, step, ran },
  };
}

/** A data source that records no calls, such as NONE, has one row. */
function callRows(step: RecordedStep, ask: RecordedAsk): Row[] {
  return ask.calls.length === 0 ? [askRow(step, ask)] : ask.calls.map((call) => callRow(step, ask, call));
}

function askRow(step: RecordedStep, ask: RecordedAsk): Row {
  const { type, name, startMs, ms, error } = ask;
  return {
    step: step.number,
    depth: 2,
    label: `${type} ${name}`,
    startMs,
    ms,
    note: errorText(error),
    isError: error !== null,
    subject: { kind: 'call', step, ask, call: null },
  };
}

/** Only DynamoDB reports units, and errors of its own calls; the error of another service is the data source's. */
function callRow(step: RecordedStep, ask: RecordedAsk, call: RecordedCall): Row {
  const { service, operation, target, startMs, ms, units } = call;
  const error = call.error ?? (units ? null : ask.error);
  const shared = ask.batch ? `batch, ${ask.batch.index + 1} of ${ask.batch.size}` : '';
  return {
    step: step.number,
    depth: 2,
    label: `${service} ${operation} ${service === 'HTTP' ? target : ask.name}`,
    startMs,
    ms,
    note: join(shared, units ? unitsText(units) : '', errorText(error)),
    isError: error !== null,
    subject: { kind: 'call', step, ask, call },
  };
}

function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return '';
  }
  const { errorType, type, message } = error as Record<string, unknown>;
  return `${String(errorType ?? type ?? 'error')}: ${String(message)}`;
}

const join = (...notes: string[]): string => notes.filter((note) => note !== '').join(', ');

const unitsText = ({ read, write }: { read: number; write: number }): string =>
  join(read > 0 ? `${read} read` : '', write > 0 ? `${write} written` : '');
