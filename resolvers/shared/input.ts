import { util } from '@aws-appsync/utils';
import { expiryProblem } from '../../schema/limits.ts';
import { raise, refusal, type Refusal } from './refusal.ts';
import { textRefusal } from './well-formed.ts';

/** Ends the field: the input cannot be right, and `field` says where. */
export function badRequest(message: string, field: string): void {
  util.error(message, 'BadRequest', null, { field });
}

/** True for every value, 0 too, that is neither absent nor null. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value != null;
}

/**
 * True when the input has the member, be it null: absent leaves things as they are, null removes them. In AppSync null and undefined are
 * the same to `===`, so only the names of the members tell (packages/appsync-local/docs/facts/runtime.md#undefined-is-null).
 */
export function hasMember<Input extends object>(input: Input, member: string & keyof Input): boolean {
  return Object.keys(input).includes(member);
}

/** DynamoDB's limit on a partition key, in bytes of UTF-8. */
const KEY_BYTES = 2048;

/** @param field the argument or input member that holds the id */
export function checkId(id: string, field: string): void {
  raise(idRefusal(id, field));
}

export function idRefusal(id: string, field: string): Refusal | null {
  return keyRefusal(id, 'id', field);
}

/**
 * Why a text cannot be the key of a table or an index.
 *
 * @param name what messages call the key
 */
export function keyRefusal(key: string, name: string, field: string): Refusal | null {
  if (key.trim() === '') {
    return refusal('BadRequest', `${name} is required`, { field });
  }
  // UTF-8 takes at most three bytes for one of a string's characters, so nearly no key need be counted.
  const bytes = key.length * 3 > KEY_BYTES ? utf8Bytes(key) : 0;
  return bytes > KEY_BYTES
    ? refusal('BadRequest', `${name} has ${bytes} bytes; at most ${KEY_BYTES} are allowed`, { field })
    : textRefusal(key, name, field);
}

/** URL encoding spends three characters on each byte that is not plain ASCII, which tells the length in UTF-8. */
export function utf8Bytes(text: string): number {
  const encoded = util.urlEncode(text);
  return encoded.length - 2 * (encoded.split('%').length - 1);
}

export function jsonBytes(value: unknown): number {
  return utf8Bytes(JSON.stringify(value));
}

export function checkExpectedVersion(version: number | null | undefined): void {
  raise(expectedVersionRefusal(version));
}

export function expectedVersionRefusal(version: number | null | undefined): Refusal | null {
  return (version ?? 0) < 0
    ? refusal('BadRequest', `expectedVersion is ${version}; it must be 0 (create only) or a version`, {
        field: 'expectedVersion',
      })
    : null;
}

/** What no component further on could carry is refused at the door. */
export function expiryRefusal(expiresAt: number | null | undefined): Refusal | null {
  const problem = isGiven(expiresAt) ? expiryProblem(expiresAt) : null;
  return problem ? refusal('BadRequest', problem, { field: 'expiresAt' }) : null;
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
