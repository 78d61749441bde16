import { hasExpired } from '../../model/change-log.ts';
import type { ChangedItemInput, ItemChangeInput } from '../../schema/generated/schema.ts';
import type { Change, ChangedItem } from './change.ts';
import { jsonText } from './json-text.ts';
import { loggedJson } from './logged-json.ts';

/** A change in its published form: to subscribers as `input`, to the log with or without its payloads. */
export interface Report {
  change: Change;
  /** The variable of `publishItemChange`. Its payloads are JSON text, the wire format of AWSJSON. */
  input: ItemChangeInput;
  /** `input` as JSON, written once: for its bytes, and for the request. */
  json: string;
  /** The change as a line of the log has it, written once for all its logs. */
  logged: string;
  /** Bytes of the frame for a subscriber that selects everything. */
  bytes: number;
}

/**
 * AppSync drops larger frames (AWS General Reference, "AWS AppSync endpoints and quotas": subscription payload size, 240 KB).
 * It does not say which kilobyte it means: this is the smaller one, and the whole frame counts.
 */
export const MAX_FRAME_BYTES = 240_000;

/** Clients choose the id of a subscription; the known ones send a UUID. */
const SUBSCRIPTION_ID = '00000000-0000-0000-0000-000000000000';

/** Bytes of a frame around the change. */
const AROUND = Buffer.byteLength(
  JSON.stringify({ id: SUBSCRIPTION_ID, type: 'data', payload: { data: { onItemChange: 0 } } }).slice(0, -1),
);

const frameBytes = (json: string): number => AROUND + Buffer.byteLength(json);

/** AppSync parses and rewrites the JSON, where 1E20 becomes 100000000000000000000: at most five times as long. */
const LONGEST_REWRITE = 5;

/** JSON text after AppSync's rewrite. */
const rewritten = (text: string): string => JSON.stringify(JSON.parse(text));

function withPayloads(input: ItemChangeInput, map: (text: string) => string): ItemChangeInput {
  const mapped = (item: ChangedItemInput | null | undefined) =>
    item ? { ...item, payload: typeof item.payload === 'string' ? map(item.payload) : null } : null;
  return { ...input, item: mapped(input.item), previous: mapped(input.previous) };
}

function bytesOf(input: ItemChangeInput, json: string): number {
  const bytes = frameBytes(json);
  if (bytes * LONGEST_REWRITE <= MAX_FRAME_BYTES || bytes > MAX_FRAME_BYTES) {
    return bytes;
  }
  return Math.max(bytes, frameBytes(JSON.stringify(withPayloads(input, rewritten))));
}

function reportIn(change: Change, input: ItemChangeInput): Report {
  const json = JSON.stringify(input);
  return { change, input, json, logged: loggedJson(input), bytes: bytesOf(input, json) };
}

const itemInput = (item: ChangedItem | null, payload: boolean): ChangedItemInput | null =>
  item && { ...item, payload: payload ? jsonText(item.payload) : null };

function inputOf(change: Change, payload: boolean): ItemChangeInput {
  const { item, previous, gap: _gap, ...own } = change;
  return {
    ...own,
    payloadOmitted: !payload,
    item: itemInput(item, payload),
    previous: itemInput(previous, payload),
  };
}

/** Whether the change lacks an item because the API could not answer it. */
const isPartial = ({ type, item, previous }: Change): boolean =>
  (item === null && (type === 'CREATED' || type === 'UPDATED')) || (previous === null && type !== 'CREATED');

/** @param now epoch seconds */
const isOver = ({ type, item, previous }: Change, now: number): boolean =>
  type === 'EXPIRED' || hasExpired(item, previous, now);

/** @returns the same change without payloads */
export function withoutPayloads({ change }: { change: Change }): Report {
  return reportIn(change, inputOf(change, false));
}

/** @returns the same change without its items: what is left if AppSync accepts them in no form */
export function withoutItems(report: Report): Report {
  return reportIn(report.change, { ...report.input, payloadOmitted: true, item: null, previous: null });
}

/** Forms of a change with less and less content, for a change whose content is refused. */
export const LESSER: readonly ((report: Report) => Report)[] = [withoutPayloads, withoutItems];

/**
 * Builds a report. A change that would not fit a frame has no payloads, for subscribers and the log alike, nor does one that
 * lacks an item or whose item has expired.
 * @param now epoch milliseconds
 */
export function reportOf(change: Change, now: number): Report {
  if (isPartial(change) || isOver(change, now / 1000)) {
    return withoutPayloads({ change });
  }
  const whole = reportIn(change, inputOf(change, true));
  return whole.bytes <= MAX_FRAME_BYTES ? whole : withoutPayloads(whole);
}
