import { MAX_ROW_BYTES } from '../../functions/publish-item-change/chunks.ts';
import { CHANGES_PER_REQUEST, LANES } from '../../functions/publish-item-change/lanes.ts';
import {
  APPEND_SECONDS,
  APPSYNC_LOG_BYTES,
  BATCH_RECORDS,
  CHANGE_BYTES,
  IMAGES,
  LAMBDA_GB,
  LAMBDA_LOG_BYTES,
  LOG_DAYS,
  LOGGED_BYTES,
  LOGS,
  OWNERS_IN_BATCH,
  PUBLISH_SECONDS,
  ROW_BYTES,
  SECONDS_A_MONTH,
} from './assumptions.ts';
import { cost } from './prices.ts';
import { gigabytes, lambda, logged, traced, transactional, updates, w } from './units.ts';

/** A change: of an item of so many bytes, which belongs to somebody or not, told to subscribers in batches. */
export interface Change {
  size: number;
  owned: boolean;
  /** Stream records a batch has. @default BATCH_RECORDS */
  batch?: number;
  /** @default CHANGES_PER_REQUEST */
  perRequest?: number;
}

const MILLION = 1_000_000;

const sum = (one: number, other: number): number => one + other;

const messageBytes = (size: number): number => IMAGES * size + CHANGE_BYTES;

/** Logs that a batch goes to, of each kind: an owned item's change to `owned#n` and to `owner#<owner>`. */
const logsOf = ({ owned, batch = BATCH_RECORDS }: Change): number[] =>
  [LOGS, ...(owned ? [OWNERS_IN_BATCH] : [])].map((logs) => Math.min(logs, batch));

/** Changes of a row, where a batch has so many for a log. */
const inRow = (size: number, inLog: number): number =>
  Math.min(inLog, Math.max(1, Math.floor(MAX_ROW_BYTES / messageBytes(size))));

/** Bytes of the rows of a change, in all its logs: each has its share of one. */
export const logBytes = (change: Change): number => total(change, (bytes) => bytes);

/** Write request units of a change in the log: its share of rows, and of the counters that its batch moves. */
export const logWrites = (change: Change): number =>
  transactional(total(change, w) + logsOf(change).reduce(sum) / (change.batch ?? BATCH_RECORDS));

/** The sum over its logs of a change's share of what a row takes. */
function total(change: Change, ofRow: (bytes: number) => number): number {
  const { size, batch = BATCH_RECORDS } = change;
  const ofChanges = (count: number): number => ofRow(ROW_BYTES + count * (IMAGES * size + LOGGED_BYTES));
  return logsOf(change)
    .map((logs) => inRow(size, batch / logs))
    .map((count) => onAverage(count, ofChanges) / count)
    .reduce(sum);
}

/** What a number takes that is a whole one each time, and this one on average. */
function onAverage(number: number, of: (whole: number) => number): number {
  const whole = Math.floor(number);
  const part = number - whole;
  return (1 - part) * of(whole) + (part === 0 ? 0 : part * of(whole + 1));
}

export const batchSeconds = (batch: number, perRequest: number): number =>
  APPEND_SECONDS + Math.ceil(batch / perRequest / LANES) * PUBLISH_SECONDS;

/** Dollars of a million changes. */
export interface FeedBill {
  log: number;
  storage: number;
  lambda: number;
  publish: number;
  logs: number;
  traces: number;
  total: number;
  /** For each subscriber that gets them all, on top: the updates, and the data out. */
  subscriber: number;
}

/**
 * @param traces dollars of the traces of publishes and of the function's invocations @default those of a million changes that are
 * spread over a month
 */
export function feedBill(change: Change, traces = feedTraces(MILLION, change)): FeedBill {
  const { size, batch = BATCH_RECORDS, perRequest = CHANGES_PER_REQUEST } = change;
  const batches = MILLION / batch;
  const requests = MILLION / Math.min(perRequest, batch);
  const keptMonths = (LOG_DAYS * 24 * 3600) / SECONDS_A_MONTH;
  const parts = {
    log: cost('dynamoDbWrite', MILLION * logWrites(change)),
    storage: cost('dynamoDbStorage', gigabytes(MILLION * logBytes(change)) * keptMonths),
    lambda: lambda(batches, batchSeconds(batch, perRequest), LAMBDA_GB),
    publish: cost('appSyncOperation', requests),
    logs: logged(requests * APPSYNC_LOG_BYTES + batches * LAMBDA_LOG_BYTES),
    traces,
  };
  return {
    ...parts,
    total: Object.values(parts).reduce(sum),
    subscriber:
      cost('appSyncUpdate', MILLION * updates(messageBytes(size))) +
      cost('dataOut', gigabytes(MILLION * messageBytes(size))),
  };
}

/** Dollars of the traces of so many changes a month. The publishes of a batch come together. */
export function feedTraces(
  changes: number,
  { batch = BATCH_RECORDS, perRequest = CHANGES_PER_REQUEST }: Change,
): number {
  const ofBatch = batch / Math.min(perRequest, batch);
  const batches = changes / batch;
  return traced(batches * ofBatch, ofBatch) + traced(batches);
}
