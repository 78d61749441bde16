import { RequestRefused } from '../auth/caller.ts';
import { isRecord } from '../ground/record.ts';

/** A value in DynamoDB's JSON: `{"S": "a"}`, `{"N": "1"}`, `{"M": {…}}`. */
export type AttributeValue = Record<string, unknown>;
/** An item in DynamoDB's JSON. */
export type Item = Record<string, AttributeValue>;

export const badRequest = (message: string): RequestRefused =>
  new RequestRefused(400, 'BadRequestException', message);

/** @throws RequestRefused 400 for what is not a JSON object */
export function bodyOf(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) {
      return body;
    }
  } catch {
    // the same answer
  }
  throw badRequest('The body must be a JSON object.');
}

/** @throws RequestRefused 400 */
export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string') {
    return value;
  }
  throw badRequest(`${name} must be a string, not ${JSON.stringify(value)}.`);
}

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
