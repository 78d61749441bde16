import { MAX_ACTIONS, MAX_KEY_BYTES } from '../limits.ts';
import type { ReadableItem } from '../permissions.ts';
import { utf8Bytes } from '../plain/measure.ts';
import type { Versions, Violation } from '../refusal-info.ts';
import { badRequest, refusal, type Refusal } from '../refusals.ts';
import { shown } from '../text.ts';
import type { Claim } from './claims.ts';

/** @param registered the names of all kinds */
export function unknownKind(kind: string, registered: readonly string[]): Refusal {
  return badRequest(
    'kind_unknown',
    `kind ${shown(kind) ?? 'given'} is not registered; there are ${registered.join(', ')}`,
    'kind',
  );
}

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

/** `info.count` is of all violations, however few of them are listed. */
export function validationFailed(kind: string, violations: readonly Violation[]): Refusal {
  const [count, first] = [violations.length, listed(violations)];
  const rest = first.length < count ? `; the first ${first.length} are listed` : '';
  const message = `payload breaks ${count} ${count === 1 ? 'rule' : 'rules'} of kind ${kind}${rest}`;
  return refusal('ValidationFailed', 'payload_invalid', message, { count, violations: first });
}

/** @param holder the item that has the first of the taken values, null when the caller may not read it */
export function valuesTaken(
  kind: string,
  violations: readonly Violation[],
  versions: Versions,
  holder: ReadableItem | null,
): Refusal {
  return refusal(
    'Conflict',
    'unique_taken',
    `payload has ${violations.length === 1 ? 'a value' : `${violations.length} values`} another item of kind ${kind} holds: ` +
      violations.map(({ path }) => path).join(', '),
    { ...versions, violations },
    holder,
  );
}

/** A unique value makes too long a key; `maxLength` in the schema of the kind is the better place to keep it short. Null for others. */
export function claimsRefusal(claims: readonly Claim[]): Refusal | null {
  const tooLong = claims.find(({ pk }) => utf8Bytes(pk) > MAX_KEY_BYTES);
  return tooLong
    ? badRequest(
        'unique_value_too_long',
        `the unique value at ${tooLong.path} makes a key of ${utf8Bytes(tooLong.pk)} bytes, the limit is ${MAX_KEY_BYTES}: shorten it`,
        'payload',
      )
    : null;
}

/** Actions of a transaction by what they do. */
export interface ActionCounts {
  claimed: number;
  released: number;
  checked: number;
  counted: number;
}

/** A transaction takes more actions than DynamoDB does. Null for others. @param needed by the write, or later by the item's delete */
export function actionsRefusal(
  needed: number,
  { claimed, released, checked, counted }: ActionCounts,
): Refusal | null {
  return needed <= MAX_ACTIONS
    ? null
    : badRequest(
        'too_many_actions',
        `payload takes ${needed} actions in one transaction, DynamoDB's limit is ${MAX_ACTIONS}: the item, ` +
          `${claimed} unique values to take, ${released} to free and ` +
          `${checked} references to check and ${counted} to count`,
        'payload',
      );
}
