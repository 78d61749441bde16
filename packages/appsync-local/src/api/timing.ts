import type { FieldSource } from '../graphql/execution.ts';
import type { PreparedOperation } from '../graphql/operation.ts';

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

/** Measures one request and the resolvers that it runs. Made only when somebody wants to know. */
export class RequestTiming {
  readonly #startedAt = performance.now();
  readonly #fields = new Map<string, Runs>();

  /** Measures each field from its resolver's start to its outcome, so with the wait for the data source. */
  measured(resolve: FieldSource['resolve']): FieldSource['resolve'] {
    return (plan, source, args) => {
      const outcome = resolve(plan, source, args);
      return outcome && this.#measure(plan.coordinate, outcome);
    };
  }

  /** `query Lists 42.1 ms: Query.listItems 38.2 ms, Item.related 12 times, up to 4.0 ms (request 6f…)`, the slowest first. */
  line({ operation }: PreparedOperation, requestId: string): string {
    const slowest = [...this.#fields].sort(([, a], [, b]) => (rank(a) === rank(b) ? 0 : rank(b) - rank(a)));
    const shown = slowest.slice(0, FIELDS_SHOWN).map(([coordinate, runs]) => describe(coordinate, runs));
    const others = slowest.length - shown.length;
    const fields = [...shown, ...(others > 0 ? [`${others} more`] : [])].join(', ');
    const title = [operation.operation, operation.name?.value.slice(0, LONGEST_NAME)]
      .filter(Boolean)
      .join(' ');
    const total = inMs(performance.now() - this.#startedAt);
    return `${title} ${total}${fields === '' ? '' : `: ${fields}`} (request ${requestId})`;
  }

  async #measure<T>(coordinate: string, outcome: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const runs = this.#fields.get(coordinate) ?? { count: 0, slowestMs: 0, running: 0 };
    this.#fields.set(coordinate, runs);
    runs.count += 1;
    runs.running += 1;
    const value = await outcome;
    runs.running -= 1;
    runs.slowestMs = Math.max(runs.slowestMs, performance.now() - startedAt);
    return value;
  }
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
