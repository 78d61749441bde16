import type { RequestTrace } from './request-trace.ts';

/** The runs of one field's resolver in a request. */
interface Runs {
  count: number;
  slowestMs: number;
  /** How many have not ended. Some have not when the request ran out of time. */
  running: number;
}

/** As many as fit a line of the terminal. */
const FIELDS_SHOWN = 5;
const LONGEST_NAME = 60;

/**
 * `query Lists 42.1 ms: Query.listItems 38.2 ms, Item.related 12 times, up to 4.0 ms (request 6f…)`, the slowest first. Each field
 * counts from its resolver's start to its outcome, so with the wait for the data source.
 *
 * @returns null for a request that was not run, and for a subscription
 */
export function timingLine(trace: RequestTrace): string | null {
  const { operation, executingAt, executedAt } = trace;
  if (operation === null || executingAt === null || executedAt === null) {
    return null;
  }
  const slowest = [...runsOf(trace)].sort(([, a], [, b]) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
  const shown = slowest.slice(0, FIELDS_SHOWN).map(([coordinate, runs]) => describe(coordinate, runs));
  const others = slowest.length - shown.length;
  const fields = [...shown, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  const title = [operation.type, operation.name?.slice(0, LONGEST_NAME)].filter(Boolean).join(' ');
  const total = inMs(executedAt - executingAt);
  return `${title} ${total}${fields === '' ? '' : `: ${fields}`} (request ${trace.id})`;
}

/** By `Type.field`. */
function runsOf({ resolvers }: RequestTrace): Map<string, Runs> {
  const fields = new Map<string, Runs>();
  for (const { coordinate, startedAt, endedAt } of resolvers) {
    const runs = fields.get(coordinate) ?? { count: 0, slowestMs: 0, running: 0 };
    fields.set(coordinate, runs);
    runs.count += 1;
    if (endedAt === null) {
      runs.running += 1;
    } else {
      runs.slowestMs = Math.max(runs.slowestMs, endedAt - startedAt);
    }
  }
  return fields;
}

const rank = ({ slowestMs, running }: Runs): number => (running > 0 ? Infinity : slowestMs);

function describe(coordinate: string, { count, slowestMs, running }: Runs): string {
  const name = count === 1 ? coordinate : `${coordinate} ${count} times,`;
  if (running > 0) {
    return `${name} not ended`;
  }
  return `${name} ${count === 1 ? '' : 'up to '}${inMs(slowestMs)}`;
}

const inMs = (ms: number): string => `${ms.toFixed(1)} ms`;
