import { fromDynamoDbRecord, toDynamoDbRecord } from './attribute-value.ts';
import { checkRow } from './check-row.ts';
import type { Filled, Parsed, Row } from './row.ts';
import { below, shown, Unfit } from './unfit.ts';

/** A line in the form of DynamoDB's exports to S3 (Developer Guide, "DynamoDB table export output format"). */
export const toDynamoDbLine = (row: Row): string => `{"Item":${toDynamoDbRecord(row)}}`;

/**
 * Reads an item in DynamoDB JSON: the member `Item` of such a line, or a line that is the item itself. Takes the row unchanged,
 * and only fills in a missing version and times, because the API cannot show an item without them.
 *
 * @param pointer The item's place in the line: `/Item`, or empty.
 * @param now ISO 8601, for absent times.
 * @throws Unfit with the place and the problem
 */
export function readDynamoDbItem(item: unknown, pointer: string, now: string): Parsed {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new Unfit(`${pointer}: ${shown(item)} is not an object`);
  }
  const read = fromDynamoDbRecord(item, pointer);
  const createdAt = read['createdAt'] ?? { S: now };
  const defaults: Record<Filled, Row[string]> = {
    version: { N: '1' },
    createdAt,
    updatedAt: createdAt,
  };
  const filled = (Object.keys(defaults) as Filled[]).filter((name) => !Object.hasOwn(read, name));
  for (const name of filled) {
    read[name] = defaults[name]!;
  }
  return { id: checkRow(read, (name) => below(pointer, name)), row: read, filled };
}
