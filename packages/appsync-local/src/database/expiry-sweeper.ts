import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { StartFailure } from '../ground/start-failure.ts';
import type { TableModel } from '../template/app-model.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';
import { countItems, expiringTable, findExpired, type Key, removeExpired } from './expired-items.ts';

/** Removes items past their time to live from time to time, as DynamoDB does within a few days. */
export interface ExpirySweeper {
  /** Runs one round now, from where the last one ended. @returns how many items were removed. */
  sweep(): Promise<number>;
  /** Starts no further rounds. */
  stop(): void;
}

export interface ExpirySweeperOptions {
  client: DynamoDbClient;
  tables: TableModel[];
  /**
   * The engine's own sweep, which writes AWS's stream records, with `userIdentity: {type: "Service", principalId:
   * "dynamodb.amazonaws.com"}`. It runs as one step, so it cannot remove an item that has been rewritten meanwhile, but it
   * blocks all other requests: 28 µs for each item of the tables, expired or not (measured 2026-11-24). Therefore, with many
   * items or without this function, items are removed one by one with a conditional DeleteItem.
   */
  sweepExpiredItems?: (() => Promise<number>) | undefined;
  /** Called before each removal of an item. */
  removing?: (key: Key) => void;
  /** Milliseconds between rounds. Default 30,000. A slow round lengthens the wait: sweeping takes at most 1 % of the time. */
  intervalMs?: number;
  log: (line: string) => void;
}

const DEFAULT_INTERVAL_MS = 30_000;
const WAIT_PER_SWEPT_MS = 100;
/** Of 500 items each: the cost of a round does not depend on the size of the tables, and a million items take some 100 rounds. */
const PAGES_A_ROUND = 20;
/** Items beyond which the engine's sweep would block it for over a second. */
const ENGINE_SWEEPS = 50_000;

/** Starts the rounds, which do not keep the event loop alive. Skips tables without a time to live. */
export function startExpirySweeper(options: ExpirySweeperOptions): ExpirySweeper {
  const { intervalMs = DEFAULT_INTERVAL_MS, log } = options;
  const tables = options.tables.flatMap((table) => expiringTable(table));
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** The start of the next round: a table, and an item in it. */
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
 * identifies itself in a header, does not.
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

/** Does not use fetch, which refuses some ports, including an embedded engine's. */
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
