import type { Item } from './item.ts';
import { utf8Bytes } from './limits.ts';
import type { ReadableItem } from './readable-item.ts';
import type { Violation } from './violation.ts';

/** An error as data: the resolver raises it with `util.error`. What is thrown instead is our own mistake. */
export interface Refusal {
  error: {
    errorType:
      'BadRequest' | 'ValidationFailed' | 'Conflict' | 'Unauthorized' | 'Throttled' | 'InternalError';
    message: string;
    /** Conflict: the item in the way, when the caller may read it. */
    data: ReadableItem | null;
    errorInfo: Readonly<Record<string, unknown>> | null;
  };
}

export type PutAnswer = { item: Item } | Refusal;

export interface KindsAnswer {
  kinds: readonly { kind: string; schema: Readonly<Record<string, unknown>> }[];
}

const refusal = (
  errorType: Refusal['error']['errorType'],
  message: string,
  errorInfo: Refusal['error']['errorInfo'],
  data: ReadableItem | null = null,
): Refusal => ({ error: { errorType, message, data, errorInfo } });

/** `field` is the member of the input at fault, `path` the JSON Pointer to a value inside it. */
export const badRequest = (message: string, field: string, path?: string): Refusal =>
  refusal('BadRequest', message, path === undefined ? { field } : { field, path });

/** Of more violations the first ones are listed: nobody reads on, and Lambda answers no more than 6 MB. */
const MOST_LISTED = 100;
/** Of JSON: the path of a violation may be as long as the payload. One is listed in any case. */
const MOST_LISTED_BYTES = 200_000;

function listed(violations: readonly Violation[]): Violation[] {
  let bytes = 0;
  return violations.slice(0, MOST_LISTED).filter((violation, index) => {
    bytes += utf8Bytes(JSON.stringify(violation));
    return index === 0 || bytes <= MOST_LISTED_BYTES;
  });
}

/** `errorInfo.count` is of all violations, however few of them are listed. */
export function validationFailed(kind: string, violations: readonly Violation[]): Refusal {
  const [count, first] = [violations.length, listed(violations)];
  const rest = first.length < count ? `; the first ${first.length} are listed` : '';
  const message = `payload breaks ${count} ${count === 1 ? 'rule' : 'rules'} of kind ${kind}${rest}`;
  return refusal('ValidationFailed', message, { count, violations: first });
}

/** Says nothing of the item, nor whose it is. */
export const unauthorized = (): Refusal => refusal('Unauthorized', 'not allowed to write this item', null);

export interface Versions {
  /** As the input had it, null when it had none. */
  expectedVersion: number | null;
  /** Of the item the input names; 0 when there is none. */
  currentVersion: number;
}

export const conflict = (message: string, versions: Versions, current: ReadableItem | null): Refusal =>
  refusal('Conflict', message, { ...versions }, current);

/** `holder`: the item that has the first of the taken values, null when the caller may not read it. */
export const valuesTaken = (
  kind: string,
  violations: readonly Violation[],
  versions: Versions,
  holder: ReadableItem | null,
): Refusal =>
  refusal(
    'Conflict',
    `payload has ${violations.length === 1 ? 'a value' : `${violations.length} values`} another item of kind ${kind} holds: ` +
      violations.map(({ path }) => path).join(', '),
    { ...versions, violations },
    holder,
  );

/** Half a second and up to one more, so that those who are told together do not come back together. */
const retryAfterMs = (): number => Math.round(500 + Math.random() * 1000);

export const throttled = (): Refusal =>
  refusal('Throttled', 'DynamoDB is throttling; try again after retryAfterMs', {
    retryAfterMs: retryAfterMs(),
  });

/** Each attempt met another transaction on its rows. */
export const busy = (): Refusal =>
  refusal('Throttled', 'others are writing the same items in transactions, which takes turns; try again', {
    retryAfterMs: retryAfterMs(),
  });

/** The cause is in the log under the request id; it is never sent. */
export const internalError = (requestId: string): Refusal =>
  refusal('InternalError', 'internal error', { requestId });
