import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AttributeValue as StreamValue } from 'aws-lambda';
import { GRACE_MS, KEPT_MS, POSITIONS_PER_MS } from '../../model/change-log.ts';
import type { ChangedItem } from './change.ts';
import type { Report } from './report.ts';

/** A row or a part of it, in DynamoDB's own form, which keeps every digit of a number. */
type Attributes = Record<string, AttributeValue>;

/** Converts a value of the stream for the SDK: an event contains binary as base64, a request as bytes. */
function forSdk(value: StreamValue): AttributeValue {
  if (value.B !== undefined) {
    return { B: Buffer.from(value.B, 'base64') };
  }
  if (value.BS !== undefined) {
    return { BS: value.BS.map((text) => Buffer.from(text, 'base64')) };
  }
  if (value.L !== undefined) {
    return { L: value.L.map(forSdk) };
  }
  if (value.M !== undefined) {
    const members = Object.entries(value.M).map(([name, member]) => [name, forSdk(member)] as const);
    return { M: Object.fromEntries(members) };
  }
  return value as AttributeValue;
}

/** A position may be ahead of this clock, if another environment's clock is. */
const expiresAt = (position: string, now: number): number =>
  Math.ceil((Math.max(now, Number(position) / POSITIONS_PER_MS) + KEPT_MS + GRACE_MS) / 1000);

function attributeOf(value: unknown): AttributeValue {
  if (Array.isArray(value)) {
    return { L: value.map(attributeOf) };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  return typeof value === 'number' ? { N: String(value) } : { S: String(value) };
}

/** Leaves out members that are null. */
function attributesOf(values: object): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) {
      attributes[name] = attributeOf(value);
    }
  }
  return attributes;
}

/** Leaves out the payload, which would be one level too deep for DynamoDB inside the item. */
function itemRow({ payload: _payload, ...members }: ChangedItem): AttributeValue {
  return { M: attributesOf(members) };
}

function itemAttributes(
  name: 'item' | 'previous',
  payloadName: string,
  { change, input }: Report,
): Attributes {
  const item = change[name];
  if (!item || !input[name]) {
    return {};
  }
  const payload = input.payloadOmitted ? {} : { [payloadName]: forSdk(item.payload) };
  return { [name]: itemRow(item), ...payload };
}

/**
 * Builds a row of the log (docs/data-model.md). It is smaller than 400 KB because the frame is at most 240 KB: DynamoDB's form
 * of a value takes at most one and a half times its JSON (lists of single digits).
 * @param prior the position before it in its log, `''` for the first
 * @param now epoch milliseconds
 */
export function logRow(
  report: Report,
  log: string,
  position: string,
  prior: string,
  now: number,
): Attributes {
  const { item: _item, previous: _previous, ...change } = report.input;
  return {
    ...attributesOf({ log, position, prior, bytes: report.bytes, expiresAt: expiresAt(position, now) }),
    ...attributesOf(change),
    ...itemAttributes('item', 'payload', report),
    ...itemAttributes('previous', 'previousPayload', report),
  };
}
