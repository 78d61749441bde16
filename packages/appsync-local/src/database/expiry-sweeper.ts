import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { StartFailure } from '../ground/start-failure.ts';
import type { TableModel } from '../template/app-model.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';
import { countItems, expiringTable, findExpired, type Key, removeExpired } from './expired-items.ts';

/** Removes items past their time to live, now and then, as DynamoDB does within a few days. */
export interface ExpirySweeper {
  /** One round now, on from where the last one ended. @returns how many items were removed. */
  sweep(): Promise<number>;
  /** No round starts after this. */
  stop(): void;
}

export interface ExpirySweeperOptions {
  client: DynamoDbClient;
  tables: TableModel[];
  /**
   * The engine's own sweep, which writes the stream records AWS writes, with
   * `userIdentity: {type: "Service", principalId: "dynamodb.amazonaws.com"}`. It runs as
   * one step, so it cannot remove an item that has been written anew meanwhile, but nothing else is answered meanwhile:
   * 28 µs for each item of the tables, expired or not (measured 2026-11-24). So where there are many, and where it is
   * absent, items are removed one by one with a conditional DeleteItem.
   */
  sweepExpiredItems?: (() => Promise<number>) | undefined;
  /** Called with each item that is about to be removed. */
  removing?: (key: Key) => void;
  /** Milliseconds between rounds. Default 30,000. A slow round lengthens the wait: sweeping takes at most 1 % of the time. */
  intervalMs?: number;
  log: (line: string) => void;
}

const DEFAULT_INTERVAL_MS = 30_000;
const WAIT_PER_SWEPT_MS = 100;
/** Of 500 items each: a round costs the same however large the tables are, and a million items take some 100 rounds. */
const PAGES_A_ROUND = 20;
/** Items the engine may sweep: over a second in which it answers nobody. */
const ENGINE_SWEEPS = 50_000;

/** Starts the rounds; they do not keep the event loop alive. Tables without a time to live are not looked at. */
export function startExpirySweeper(options: ExpirySweeperOptions): ExpirySweeper {
  const { intervalMs = DEFAULT_INTERVAL_MS, log } = options;
  const tables = options.tables.flatMap((table) => expiringTable(table));
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** Where the next round goes on: which table, and after which item of it. */
  let at = 0;
  let start: Key | undefined;

  const areFew = async (): Promise<boolean> => (await countItems(options.client, tables)) <= ENGINE_SWEEPS;

  async function sweep(): Promise<number> {
    let removed = 0;
    let ended = 0; // tables that were looked through to their end
    for (let page = 0; page < PAGES_A_ROUND && ended < tables.length; page += 1) {
      const table = tables[at]!;
      const { keys, next } = await findExpired(options.client, table, start);
      if (keys.length > 0 && options.sweepExpiredItems && (await areFew())) {
        [at, start] = [0, undefined];
        return options.sweepExpiredItems(); // all tables at once
      }
      for (const key of keys) {
        options.removing?.(key);
        if (await removeExpired(options.client, table, key)) {
          removed += 1;
        }
      }
      start = next;
      if (next) {
        continue;
      }
      at = (at + 1) % tables.length;
      ended += 1;
    }
    return removed;
  }

  async function round(): Promise<void> {
    const begun = performance.now();
    try {
      await sweep();
    } catch (error) {
      if (!stopped) {
        log(`expired items were not removed: ${(error as Error).message}`);
      }
    }
    if (!stopped) {
      schedule(Math.max(intervalMs, (performance.now() - begun) * WAIT_PER_SWEPT_MS));
    }
  }

  function schedule(afterMs: number): void {
    timer = setTimeout(() => void round(), afterMs).unref();
  }

  if (tables.length > 0) {
    schedule(intervalMs);
  }
  return {
    sweep,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

const ANSWER_WITHIN_MS = 10_000;

/**
 * Whether an endpoint that is not ours leaves expired items to us. AWS and DynamoDB Local remove them; dynoxide, which
 * names itself in a header, does not.
 *
 * @throws StartFailure when it cannot be reached.
 */
export async function leavesExpiredItems(endpoint: string): Promise<boolean> {
  try {
    return 'x-dynoxide-version' in (await headersFrom(endpoint));
  } catch (error) {
    throw new StartFailure(
      `DynamoDB at ${endpoint} does not answer; start it, or pass another --dynamodb-endpoint`,
      {
        cause: error,
      },
    );
  }
}

/** Not by fetch, which refuses some ports, an embedded engine's among them. */
async function headersFrom(endpoint: string): Promise<IncomingHttpHeaders> {
  const { get } = await import(endpoint.startsWith('https:') ? 'node:https' : 'node:http');
  return new Promise((resolve, reject) => {
    const asked = get(
      endpoint,
      { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) },
      (answer: IncomingMessage) => {
        answer.resume();
        resolve(answer.headers);
      },
    );
    asked.on('error', reject);
  });
}
