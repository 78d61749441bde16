import type { Batching, Outcome, RequestOfField } from '../data-sources/data-source.ts';
import type { AskTrace } from '../trace/resolver-trace.ts';

/** One run of a field's resolver, whose requests may share batches with other runs of the same field. */
export interface BatchRun {
  /**
   * Waits for the batch.
   * @param step the index of the data source within the resolver; batches never mix them
   * @param trace records the batch
   */
  ask(
    step: number,
    batching: Batching,
    key: string,
    size: number,
    request: unknown,
    trace?: AskTrace,
  ): Promise<Outcome>;
  /** Declares that the run makes no further requests. */
  end(): void;
}

/** The batches of one GraphQL request. */
export interface Batches {
  begin(origin: RequestOfField): BatchRun;
}

interface Waiting {
  /** The index of the run within the field, from 0. */
  order: number;
  step: number;
  batching: Batching;
  key: string;
  size: number;
  request: unknown;
  origin: RequestOfField;
  trace: AskTrace | undefined;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/**
 * Collects the requests that one GraphQL request makes for the same field, and sends them in batches of at most the allowed
 * size, in the order in which the field's resolvers started (docs/facts/resolvers.md#batch-invoke). A batch is sent when every
 * active run of the field has made a request, so that nobody could still join it.
 */
export function createBatches(): Batches {
  const fields = new Map<string, (order: number) => BatchRun>();
  const counts = new Map<string, number>();
  return {
    begin(origin) {
      const { field } = origin;
      const order = counts.get(field) ?? 0;
      counts.set(field, order + 1);
      let begin = fields.get(field);
      if (!begin) {
        fields.set(field, (begin = createField(origin)));
      }
      return begin(order);
    },
  };
}

/** @param origin of its first run; those of the others are the same */
function createField(origin: RequestOfField): (order: number) => BatchRun {
  let underWay = 0;
  let waiting: Waiting[] = [];
  let scheduled = false;

  return (order) => {
    underWay += 1;
    return {
      ask: (step, batching, key, size, request, trace) =>
        new Promise((resolve, reject) => {
          waiting.push({ order, step, batching, key, size, request, origin, trace, resolve, reject });
          schedule();
        }),
      end: () => {
        underWay -= 1;
        schedule();
      },
    };
  };

  /** Waits for the next turn of the event loop, so that list items whose resolvers start one by one share a batch. */
  function schedule(): void {
    if (scheduled || waiting.length < Math.max(1, underWay)) {
      return;
    }
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      if (waiting.length >= Math.max(1, underWay)) {
        send();
      }
    });
  }

  function send(): void {
    const batches = grouped(waiting).flatMap(chunks);
    waiting = [];
    for (const batch of batches) {
      void sendBatch(batch);
    }
  }
}

function grouped(waiting: Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const one of [...waiting].sort((a, b) => a.order - b.order)) {
    const name = `${one.step} ${one.key}`;
    const group = groups.get(name);
    if (group) {
      group.push(one);
    } else {
      groups.set(name, [one]);
    }
  }
  return [...groups.values()];
}

function chunks(group: Waiting[]): Waiting[][] {
  const { size } = group[0]!;
  const count = Math.ceil(group.length / size);
  return Array.from({ length: count }, (_, index) => group.slice(index * size, (index + 1) * size));
}

async function sendBatch(batch: Waiting[]): Promise<void> {
  batch.forEach(({ trace }, index) => trace?.sentWith(batch, index));
  try {
    const { batching, origin } = batch[0]!;
    const outcomes = await batching.invoke(
      batch.map(({ request }) => request),
      origin,
    );
    batch.forEach(({ resolve }, index) => resolve(outcomes[index]!));
  } catch (error) {
    batch.forEach(({ reject }) => reject(error));
  }
}
