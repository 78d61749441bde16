import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Attributes } from '../dynamodb/dynamodb.ts';

/** In DynamoDB's form, without what is undefined. A payload may have a member `constructor`, which makes it no class. */
export const toAttributes = (value: object): Attributes =>
  marshall(value, {
    removeUndefinedValues: true,
    allowImpreciseNumbers: true,
    convertClassInstanceToMap: true,
  }) as Attributes;

/**
 * The JSON that was stored. Numbers beyond 2^53, which others than the API may have written, are read as doubles and not as
 * BigInt, which is no JSON.
 */
export const fromAttributes = (attributes: Attributes): object =>
  unmarshall(attributes as Parameters<typeof unmarshall>[0], { wrapNumbers: Number });
