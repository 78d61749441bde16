import { util } from '@aws-appsync/utils';

/** Ends the field: the input cannot be right, and `field` says where. */
export function badRequest(message: string, field: string): void {
  util.error(message, 'BadRequest', null, { field });
}

/** True for every value, 0 too, that is neither absent nor null. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/** DynamoDB's limit on a partition key, in bytes of UTF-8. */
const KEY_BYTES = 2048;

export function checkId(id: string): void {
  if (id.trim() === '') {
    badRequest('id is required', 'id');
  }
  const bytes = utf8Bytes(id);
  if (bytes > KEY_BYTES) {
    badRequest(`id has ${bytes} bytes; at most ${KEY_BYTES} are allowed`, 'id');
  }
}

/** URL encoding spends three characters on each byte that is not plain ASCII, which tells the length in UTF-8. */
function utf8Bytes(text: string): number {
  const encoded = util.urlEncode(text);
  return encoded.length - 2 * (encoded.split('%').length - 1);
}

export function checkExpectedVersion(version: number | null | undefined): void {
  if ((version ?? 0) < 0) {
    badRequest(`expectedVersion is ${version}; it must be 0 (create only) or a version`, 'expectedVersion');
  }
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** The page size asked for, checked. */
export function pageLimit(limit: number | null | undefined): number {
  const asked = limit ?? DEFAULT_LIMIT;
  if (asked < 1 || asked > MAX_LIMIT) {
    badRequest(`limit is ${asked}; it must be from 1 to ${MAX_LIMIT}`, 'limit');
  }
  return asked;
}
