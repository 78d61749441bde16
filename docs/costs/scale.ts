import { CHANGES_PER_REQUEST } from '../../functions/publish-item-change/lanes.ts';
import { ITEM_BYTES, LOGS, SECONDS_A_MONTH } from './assumptions.ts';
import { batchSeconds, feedBill, feedTraces, logWrites } from './feed.ts';
import { bill, operations } from './operations.ts';
import { traced, w } from './units.ts';

export const RATES = [1_000, 10_000, 100_000];

/** DynamoDB, "Quotas": write units a second of one partition, and of a table on demand unless more was asked for. */
export const PARTITION_WRITES = 1_000;
export const TABLE_WRITES = 40_000;
/** AWS General Reference, "AWS AppSync endpoints and quotas", larger regions: request tokens a second; a small request takes one. */
export const REQUEST_TOKENS = 10_000;
/** The event source mapping's batch size. */
const FULL_BATCH = 100;

const MILLION = 1_000_000;

/** Changes a second that the logs take in all, each log being one partition. */
export const changesPerSecond = (size: number, logs: number): number =>
  (logs * PARTITION_WRITES) / logWrites({ size, owned: false, batch: FULL_BATCH });

/** What a steady rate of putItem on unowned items of up to 1 KB needs and costs a month, in dollars. */
export function load(rate: number) {
  const put = operations(ITEM_BYTES).find(({ name }) => name.startsWith('`putItem`'))!;
  const millions = (rate * SECONDS_A_MONTH) / MILLION;
  const change = { size: ITEM_BYTES, owned: false, batch: FULL_BATCH };
  const write = bill(put, ITEM_BYTES, traced(millions * MILLION) / millions);
  const feed = feedBill(change, feedTraces(millions * MILLION, change) / millions);
  const feedWatching = feed.logs + feed.traces;
  const writes = rate * w(ITEM_BYTES);
  return {
    rate,
    tableWrites: writes,
    partitions: Math.ceil(writes / PARTITION_WRITES),
    tokens: rate + rate / CHANGES_PER_REQUEST,
    logs: Math.ceil(rate / changesPerSecond(ITEM_BYTES, 1)),
    logWrites: Math.ceil(rate * logWrites({ size: ITEM_BYTES, owned: false, batch: FULL_BATCH })),
    concurrency: Math.ceil((rate / FULL_BATCH) * batchSeconds(FULL_BATCH, CHANGES_PER_REQUEST)),
    appSync: millions * write.appSync,
    dynamoDb: millions * write.dynamoDb,
    watching: millions * (write.logs + write.traces + feedWatching),
    transfer: millions * write.transfer,
    feed: millions * (feed.total - feedWatching),
    total: millions * (write.total + feed.total),
  };
}

/** Changes a second that the logs take as they are. */
export const logsTake = (size: number): number => changesPerSecond(size, LOGS);
