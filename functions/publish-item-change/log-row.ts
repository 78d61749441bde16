import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { GRACE_MS, KEPT_MS, POSITIONS_PER_MS } from '../../model/change-log.ts';
import type { Report } from './report.ts';

/** A row, in DynamoDB's own form. */
type Attributes = Record<string, AttributeValue>;

/** A position may be ahead of this clock, if another environment's clock is. */
const expiresAt = (position: string, now: number): number =>
  Math.ceil((Math.max(now, Number(position) / POSITIONS_PER_MS) + KEPT_MS + GRACE_MS) / 1000);

/** Leaves out members that are null. */
function attributesOf(values: Record<string, string | number | boolean | null | undefined>): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) {
      attributes[name] = attributeOf(value);
    }
  }
  return attributes;
}

function attributeOf(value: string | number | boolean): AttributeValue {
  switch (typeof value) {
    case 'boolean':
      return { BOOL: value };
    case 'number':
      return { N: String(value) };
    case 'string':
      return { S: value };
  }
}

/** The item as JSON text, without its payload, which has been written as JSON already. */
function itemAttributes(
  name: 'item' | 'previous',
  payloadName: string,
  { [name]: item }: Report['input'],
): Attributes {
  if (!item) {
    return {};
  }
  const { payload, ...members } = item;
  const text = JSON.stringify(members, (_, value: unknown) => value ?? undefined);
  return attributesOf({ [name]: text, [payloadName]: payload as string | null });
}

/**
 * Builds a row of the log (docs/data-model.md). It is smaller than 400 KB because the frame is at most 240 KB. Items and payloads are JSON text, with every
 * digit of a number: as maps and lists of DynamoDB they cost the embedded engine three times the CPU of the whole row (measured 2026-11-30),
 * and the SDK and the reader as much again; nothing reads them but as a whole.
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
    ...itemAttributes('item', 'payload', report.input),
    ...itemAttributes('previous', 'previousPayload', report.input),
  };
}
