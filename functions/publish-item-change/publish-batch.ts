import type { DynamoDBRecord } from 'aws-lambda';
import type { ChangeLog, NotAppended } from './change-log.ts';
import { changesOf } from './changes-of.ts';
import { publishInLanes } from './lanes.ts';
import type { Publish } from './publish.ts';
import { NoItem } from './read-item.ts';
import { Remembered } from './remembered.ts';
import { type Report, reportOf } from './report.ts';

/** The outcome of a batch of records. */
export interface BatchResult {
  reports: Report[];
  /** Reasons, by sequence number, why records failed that should be retried. */
  failures: Map<string, string>;
  /** Reasons, by sequence number, why records could not be published in full, or at all: a retry would not help. */
  gaps: Map<string, string>;
}

export type PublishBatch = (
  records: readonly DynamoDBRecord[],
  outOfTime: () => boolean,
) => Promise<BatchResult>;

/** At least ten batches of a hundred records. */
const REMEMBERED_CHANGES = 5000;

/** The reason of a failure, for a log: our own messages contain no values of an item. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';

/** A report and the sequence number of its record. */
type Read = { report: Report; number: string };

/**
 * Reads the records as far as possible. A record without a readable item is not a failure: a retry would hold up all later
 * ones. A record that is not from a table's stream is a failure.
 */
function read(
  records: readonly DynamoDBRecord[],
  { failures, gaps }: Pick<BatchResult, 'failures' | 'gaps'>,
  now: number,
): Read[] {
  return records.flatMap((record) => {
    const number = record.dynamodb?.SequenceNumber ?? '';
    try {
      return changesOf(record).map((change) => {
        if (change.gap !== null) {
          gaps.set(number, change.gap);
        }
        return { report: reportOf(change, now), number };
      });
    } catch (error) {
      (error instanceof NoItem ? gaps : failures).set(number, reasonOf(error));
      return [];
    }
  });
}

/** Why a change is not published yet: it is not in the log, or an earlier one of its item is not, which it must not overtake. */
function heldBack(reports: readonly Report[], notAppended: NotAppended): Map<string, string> {
  const items = new Map<string, string>();
  const held = new Map<string, string>();
  for (const { change } of reports) {
    const reason = notAppended.get(change.order) ?? items.get(change.id);
    if (reason === undefined) {
      continue;
    }
    items.set(change.id, reason);
    held.set(change.order, reason);
  }
  return held;
}

/**
 * Appends records to the log, then publishes them to subscribers: a client that first subscribes and then reads the log misses
 * nothing. An environment remembers what it has done, because a batch is repeated from its first failure.
 * @param now epoch milliseconds
 */
export function batchPublisher(log: ChangeLog, publish: Publish, now: () => number = Date.now): PublishBatch {
  const published = new Remembered(REMEMBERED_CHANGES);
  return async (records, outOfTime) => {
    const failures = new Map<string, string>();
    const gaps = new Map<string, string>();
    const found = read(records, { failures, gaps }, now());
    const reports = found.map(({ report }) => report);
    const held = heldBack(reports, await log.append(reports));
    const due = reports.filter(({ change }) => !held.has(change.order) && !published.has(change.order));
    const unpublished = await publishInLanes(due, publish, (order) => published.add(order), outOfTime);
    for (const { report, number } of found) {
      const reason = held.get(report.change.order) ?? unpublished.get(report.change.order);
      if (reason !== undefined) {
        failures.set(number, reason);
      }
    }
    return { reports, failures, gaps };
  };
}
