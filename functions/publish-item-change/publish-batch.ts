import type { DynamoDBRecord } from 'aws-lambda';
import type { ChangeLog, NotAppended } from './change-log.ts';
import { changesOf } from './changes-of.ts';
import { publishInLanes } from './lanes.ts';
import type { Publish } from './publish.ts';
import { Remembered } from './remembered.ts';
import { type Report, reportOf } from './report.ts';

/** What became of a batch of records. */
export interface BatchResult {
  reports: Report[];
  /** Reasons by the sequence number of the record that failed. */
  failures: Map<string, string>;
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

/** What the records say; what is no change that could be told is a failure. */
function read(records: readonly DynamoDBRecord[], failures: Map<string, string>): Read[] {
  return records.flatMap((record) => {
    const number = record.dynamodb?.SequenceNumber ?? '';
    try {
      return changesOf(record).map((change) => ({ report: reportOf(change), number }));
    } catch (error) {
      failures.set(number, reasonOf(error));
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
    if (reason === undefined) continue;
    items.set(change.id, reason);
    held.set(change.order, reason);
  }
  return held;
}

/**
 * Brings records to the log and then to subscribers: whoever subscribes first and then reads the log misses nothing. An environment
 * remembers what it has done, for a batch comes again from its first failure.
 */
export function batchPublisher(log: ChangeLog, publish: Publish): PublishBatch {
  const told = new Remembered(REMEMBERED_CHANGES);
  return async (records, outOfTime) => {
    const failures = new Map<string, string>();
    const found = read(records, failures);
    const reports = found.map(({ report }) => report);
    const held = heldBack(reports, await log.append(reports));
    const due = reports.filter(({ change }) => !held.has(change.order) && !told.has(change.order));
    const notTold = await publishInLanes(due, publish, (order) => told.add(order), outOfTime);
    for (const { report, number } of found) {
      const reason = held.get(report.change.order) ?? notTold.get(report.change.order);
      if (reason !== undefined) failures.set(number, reason);
    }
    return { reports, failures };
  };
}
