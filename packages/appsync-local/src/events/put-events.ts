import { randomUUID } from 'node:crypto';
import { isRecord } from '../ground/record.ts';
import type { BusEvent } from './bus-event.ts';

/** One entry of PutEvents, in EventBridge's own words. */
export interface PutEventsEntry {
  Source?: string;
  DetailType?: string;
  /** JSON text. */
  Detail?: string;
  Resources?: string[];
  /** Epoch milliseconds. @default now */
  Time?: number;
}

export type PutEventsResultEntry = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

export type PutEventsAnswer =
  | { kind: 'answer'; Entries: PutEventsResultEntry[]; FailedEntryCount: number }
  /** The request was refused as a whole, with HTTP status 400. */
  | { kind: 'refused'; message: string };

/** Puts entries on the event bus with this name. */
export type PutEvents = (busName: string, entries: PutEventsEntry[]) => PutEventsAnswer;

/** EventBridge quotas: entries in one PutEvents, and their total size in bytes. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 256 * 1024;

/**
 * The reason why EventBridge refuses a PutEvents as a whole (API reference, PutEvents; "Calculating PutEvents event entry
 * size"), or null.
 */
export function refusalOf(entries: PutEventsEntry[]): string | null {
  const failed = (reason: string): string =>
    `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${reason}`;
  if (entries.length === 0) {
    return failed('greater than or equal to 1');
  }
  if (entries.length > MOST_ENTRIES) {
    return failed(`less than or equal to ${MOST_ENTRIES}`);
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  return bytes > MOST_BYTES ? 'Total size of the entries in the request is over the limit.' : null;
}

/** A time counts 14 bytes, every string its UTF-8. */
const entryBytes = ({
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
  Time,
}: PutEventsEntry): number =>
  (Time === undefined ? 0 : 14) +
  [Source, DetailType, Detail, ...Resources].reduce((sum, one) => sum + Buffer.byteLength(one), 0);

/** The outcome of one entry: an event for the rules, or an error in EventBridge's words (recorded by moto and LocalStack). */
export function eventOf(
  { Source, DetailType, Detail, Resources = [], Time = Date.now() }: PutEventsEntry,
  { region, accountId }: { region: string; accountId: string },
): BusEvent | { ErrorCode: string; ErrorMessage: string } {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) {
      return invalid(`Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
  }
  if (Source!.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = objectIn(Detail!);
  if (!detail) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType!,
    source: Source!,
    account: accountId,
    time: `${new Date(Time).toISOString().slice(0, 19)}Z`,
    region,
    resources: Resources,
    detail,
  };
}

const invalid = (ErrorMessage: string) => ({ ErrorCode: 'InvalidArgument', ErrorMessage });

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
