import { isRecord } from '../ground/record.ts';
import { badRequest } from '../http/own-page-answers.ts';
import type { Item } from './data-view.ts';

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
