import { isRecord } from '../../ground/record.ts';
import { list, map, members, text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';

/** A DynamoDB attribute value as AppSync writes it: numbers as JSON numbers, `NULL` as null (localstack/appsync-utils). */
export type TypedValue = Record<string, unknown>;

/** Converts any JSON value to a typed value; lists never become sets, and undefined counts as null. */
export function toDynamoDB(value: unknown): TypedValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: value };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      if (Array.isArray(value)) {
        return { L: value.map(toDynamoDB) };
      }
      if (value !== null) {
        return { M: toMapValues(value as Record<string, unknown>) };
      }
  }
  return { NULL: null };
}

/** Converts the members of an object to typed values; undefined members are dropped. */
export const toMapValues = (value: Record<string, unknown>): Record<string, TypedValue> =>
  Object.fromEntries(members(value).map(([name, member]) => [name, toDynamoDB(member)]));

const absent = (value: unknown): boolean => value === undefined || value === null;

/** Null and undefined give null, not a typed null (@aws-appsync/utils 2.1.1, dynamodb-utils.d.ts). */
const orNull = (type: string) => (value: unknown) => (absent(value) ? null : { [type]: value });

const setOrNull = (type: string, helper: string) => (value: unknown) =>
  absent(value) ? null : { [type]: list(value, helper) };

/** `util.dynamodb`. */
export const dynamodb: HelperTree = {
  toDynamoDB,
  toString: orNull('S'),
  toStringSet: setOrNull('SS', 'util.dynamodb.toStringSet'),
  toNumber: orNull('N'),
  toNumberSet: setOrNull('NS', 'util.dynamodb.toNumberSet'),
  toBinary: orNull('B'),
  toBinarySet: setOrNull('BS', 'util.dynamodb.toBinarySet'),
  toBoolean: orNull('BOOL'),
  toNull: () => ({ NULL: null }),
  toList: (value: unknown) =>
    absent(value) ? null : { L: list(value, 'util.dynamodb.toList').map(toDynamoDB) },
  toMap: (value: unknown) => (absent(value) ? null : { M: toMapValues(map(value, 'util.dynamodb.toMap')) }),
  toMapValues: (value: unknown) =>
    absent(value) ? null : toMapValues(map(value, 'util.dynamodb.toMapValues')),
  toS3Object: (key: unknown, bucket: unknown, region: unknown, version?: unknown) => ({
    S: JSON.stringify({ s3: { key, bucket, region, ...(!absent(version) && { version }) } }),
  }),
  fromS3ObjectJson: (value: unknown) => fromS3ObjectJson(text(value, 'util.dynamodb.fromS3ObjectJson')),
};

/** Null for text without an S3 object; what AppSync returns then is unknown. */
function fromS3ObjectJson(json: string): unknown {
  try {
    const parsed = JSON.parse(json) as unknown;
    return isRecord(parsed) ? (parsed['s3'] ?? null) : null;
  } catch {
    return null;
  }
}
