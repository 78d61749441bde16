import { isRecord } from '../ground/record.ts';
import { badRequest } from '../http/own-page-answers.ts';

/** A value in DynamoDB's JSON: `{"S": "a"}`, `{"N": "1"}`, `{"M": {…}}`. */
export type AttributeValue = Record<string, unknown>;
/** An item in DynamoDB's JSON. */
export type Item = Record<string, AttributeValue>;

/** Undefined for null. DynamoDB itself checks the values. @throws RequestRefused 400 */
export function itemOf(value: unknown, name: string): Item | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (isRecord(value) && Object.values(value).every(isRecord)) {
    return value as Item;
  }
  throw badRequest(`${name} must be an item in DynamoDB's JSON, such as {"id": {"S": "1"}}.`);
}
