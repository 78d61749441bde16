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
  LOGS,
  OWNERS_IN_BATCH,
  PUBLISH_SECONDS,
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

export const rowBytes = (size: number): number => IMAGES * size + CHANGE_BYTES;

/** Rows of one change: an owned item's goes to `owned#n` and to `owner#<owner>`. */
export const rowsOf = (owned: boolean): number => (owned ? 2 : 1);

/** Counters that a batch moves: one of each log it writes to. */
const countersOf = (owned: boolean, batch: number): number =>
  Math.min(LOGS, batch) + (owned ? Math.min(OWNERS_IN_BATCH, batch) : 0);

/** Write request units of a change in the log: its rows, and its share of the counters. */
export function logWrites({ size, owned, batch = BATCH_RECORDS }: Change): number {
  return transactional(rowsOf(owned) * w(rowBytes(size)) + countersOf(owned, batch) / batch);
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
  const { size, owned, batch = BATCH_RECORDS, perRequest = CHANGES_PER_REQUEST } = change;
  const batches = MILLION / batch;
  const requests = MILLION / Math.min(perRequest, batch);
  const keptMonths = (LOG_DAYS * 24 * 3600) / SECONDS_A_MONTH;
  const parts = {
    log: cost('dynamoDbWrite', MILLION * logWrites(change)),
    storage: cost('dynamoDbStorage', gigabytes(MILLION * rowsOf(owned) * rowBytes(size)) * keptMonths),
    lambda: lambda(batches, batchSeconds(batch, perRequest), LAMBDA_GB),
    publish: cost('appSyncOperation', requests),
    logs: logged(requests * APPSYNC_LOG_BYTES + batches * LAMBDA_LOG_BYTES),
    traces,
  };
  return {
    ...parts,
    total: Object.values(parts).reduce((sum, part) => sum + part, 0),
    subscriber:
      cost('appSyncUpdate', MILLION * updates(rowBytes(size))) +
      cost('dataOut', gigabytes(MILLION * rowBytes(size))),
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
