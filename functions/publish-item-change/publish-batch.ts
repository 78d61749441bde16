import type { DynamoDBRecord } from 'aws-lambda';
import type { ChangeLog, NotAppended } from './change-log.ts';
import { changesOf } from './changes-of.ts';
import { publishInLanes } from './lanes.ts';
import type { Publish } from './publish.ts';
import { NoItem } from './read-item.ts';
import { Remembered } from './remembered.ts';
import { type Report, reportOf } from './report.ts';

/** What became of a batch of records. */
export interface BatchResult {
  reports: Report[];
  /** Reasons by the sequence number of the record that failed: it is to be tried again. */
  failures: Map<string, string>;
  /** Reasons by the sequence number of the record that could not be told in full, or not at all: trying again would not help. */
  gaps: Map<string, string>;
}

export type PublishBatch = (
  records: readonly DynamoDBRecord[],
  outOfTime: () => boolean,
) => Promise<BatchResult>;

/** Ten batches of a hundred records and more. */
const REMEMBERED_CHANGES = 5000;

/** How a failure is told in a log: nothing of an item's values, which our own messages do not have. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';

/** A report and the sequence number of the record it is from. */
type Read = { report: Report; number: string };

/**
 * What the records say, as far as they can be read. A record that says nothing is no failure: the same again would hold up all that come
 * after it. One that is of no table's stream is.
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

/** Why a change is not told yet: it is not in the log, or an earlier one of its item is not, which it must not overtake. */
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
 * Brings records to the log and then to subscribers: whoever subscribes first and then reads the log misses nothing. An environment
 * remembers what it has done, for a batch comes again from its first failure.
 * @param now epoch milliseconds
 */
export function batchPublisher(log: ChangeLog, publish: Publish, now: () => number = Date.now): PublishBatch {
  const told = new Remembered(REMEMBERED_CHANGES);
  return async (records, outOfTime) => {
    const failures = new Map<string, string>();
    const gaps = new Map<string, string>();
    const found = read(records, { failures, gaps }, now());
    const reports = found.map(({ report }) => report);
    const held = heldBack(reports, await log.append(reports));
    const due = reports.filter(({ change }) => !held.has(change.order) && !told.has(change.order));
    const notTold = await publishInLanes(due, publish, (order) => told.add(order), outOfTime);
    for (const { report, number } of found) {
      const reason = held.get(report.change.order) ?? notTold.get(report.change.order);
      if (reason !== undefined) {
        failures.set(number, reason);
      }
    }
    return { reports, failures, gaps };
  };
}
