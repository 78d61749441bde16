import type { Caller } from './caller.ts';
import { isLive } from './expiry.ts';
import { isGiven } from './given.ts';
import type { StoredItem } from './item.ts';
import { RETRY_AFTER_MS } from './limits.ts';
import { may, readableBy, type ReadableItem } from './permissions.ts';
import { type RefusalCode, type RefusalType, RETRYABLE } from './refusal-codes.ts';
import type { InfoOf, PlainCode, Versions } from './refusal-info.ts';

/** What an error shows of items: the one in the way, or of a batch all of them. */
export type Shown = ReadableItem | { items: Shown[] } | null;

/** `errorInfo`: what every error has, and what those of one code have besides. */
export type RefusalInfo = {
  code: RefusalCode;
  /** The same request, sent again as it is, may succeed and does no harm. */
  retryable: boolean;
} & Record<string, unknown>;

/** Why something is not done: an error of a field before it is raised. */
export type Refusal = {
  type: RefusalType;
  /** For people. */
  message: string;
  /** For programs. */
  info: RefusalInfo;
  /** Of a conflict the item in the way. */
  data: Shown;
};

/** @param info what the errors of this code have besides `code` and `retryable` */
export function refusal<Type extends RefusalType, Code extends RefusalCode<Type> & RefusalCode>(
  type: Type,
  code: Code,
  message: string,
  info: InfoOf<Type, Code>,
  data?: Shown,
): Refusal {
  const retryable = RETRYABLE.indexOf(code) >= 0;
  return { type, message, info: { code, retryable, ...(info as object | null) }, data: data ?? null };
}

/**
 * The input is invalid, whatever is stored.
 *
 * @param field the argument or input member at fault
 * @param path the JSON Pointer (RFC 6901) to the value at fault inside it
 */
export function badRequest(
  code: PlainCode<'BadRequest'>,
  message: string,
  field: string,
  path?: string | null,
): Refusal {
  return refusal('BadRequest', code, message, isGiven(path) ? { field, path } : { field });
}

/** A write in view of the item there is. */
export type Attempt = {
  id: string;
  caller: Caller;
  /** Null: the last writer wins. 0: create only. n: only if the current version is n. */
  expectedVersion: number | null;
  /** The row that was read, expired or not; null where there is none. */
  current: StoredItem | null;
  /** Epoch seconds. */
  now: number;
};

export function versionsOf({ expectedVersion, current, now }: Attempt): Versions {
  return { expectedVersion, currentVersion: isLive(current, now) ? current.version : 0 };
}

/** The item is not the caller's to write; says nothing more of it. Null when it is, or is not there. */
export function foreignRefusal({ id, caller, current, now }: Attempt): Refusal | null {
  return isLive(current, now) && !may(caller, 'write', current)
    ? refusal('Unauthorized', 'not_owner', `not allowed to write item ${id}`, null)
    : null;
}

// part: validated-items
/** A validated item is written through its rules only. Null for another one. */
export function validatedRefusal({ id, current, now }: Attempt): Refusal | null {
  return isLive(current, now) && current.kind
    ? badRequest(
        'item_is_validated',
        `item ${id} is a validated item of kind ${current.kind}; write it with putValidatedItem`,
        'id',
      )
    : null;
}
// end: validated-items

/** The current version is not the expected one. Null when it is, or when none is expected. */
export function versionRefusal(attempt: Attempt): Refusal | null {
  const { expectedVersion, currentVersion } = versionsOf(attempt);
  return isGiven(expectedVersion) && expectedVersion !== currentVersion ? conflict(attempt) : null;
}

/** Ownership comes first: only who may write an item learns its version. */
export function writeRefusal(attempt: Attempt): Refusal | null {
  return foreignRefusal(attempt) || versionRefusal(attempt);
}

/** The same of a write that looks at no rules. */
export function directWriteRefusal(attempt: Attempt): Refusal | null {
  return (
    foreignRefusal(attempt) ||
    validatedRefusal(attempt) || // part: validated-items
    versionRefusal(attempt)
  );
}

/**
 * The item is at another version than expected, or others were faster. `data` is the current item; `currentVersion` 0 says that there is
 * none. An item that has become somebody else's is refused as one that always was: not even its version shows.
 */
export function conflict(attempt: Attempt): Refusal {
  const { id, caller, current, now } = attempt;
  const versions = versionsOf(attempt);
  const { expectedVersion, currentVersion } = versions;
  const differs = isGiven(expectedVersion) && expectedVersion !== currentVersion;
  const found = currentVersion === 0 ? 'there is no such item' : `it is at version ${currentVersion}`;
  return (
    foreignRefusal(attempt) ||
    refusal(
      'Conflict',
      differs ? 'version_differs' : 'race_lost',
      differs
        ? `item ${id} was expected at version ${expectedVersion}, but ${found}`
        : `item ${id} was changed by another writer; try again`,
      versions,
      readableBy(caller, current, now),
    )
  );
}

// part: validated-items
/** Other items refer to the item. Who may delete it learns how many, of items that it may not read too, and nothing else of them. */
export function referredRefusal(attempt: Attempt, referrers: number): Refusal {
  return keptRefusal(attempt, 'be deleted', referrers);
}

/** The same of an item that would change its kind. */
export function keptKindRefusal(attempt: Attempt, referrers: number): Refusal {
  return keptRefusal(attempt, 'change its kind', referrers);
}

function keptRefusal(attempt: Attempt, what: string, referrers: number): Refusal {
  const { id, caller, current, now } = attempt;
  return refusal(
    'Conflict',
    'referenced',
    `item ${id} cannot ${what} while ${referrers} ${referrers === 1 ? 'item refers' : 'items refer'} to it; delete or change those first`,
    { ...versionsOf(attempt), referrers },
    readableBy(caller, current, now),
  );
}
// end: validated-items

/** There is no live item to update. Null when there is. */
export function missingRefusal({ id, current, now }: Attempt): Refusal | null {
  return isLive(current, now)
    ? null
    : refusal('NotFound', 'item_missing', `there is no item ${id} to update`, { id });
}

/** DynamoDB takes no item of that size. @param payloadBytes of the payload as JSON; null where it is not known */
export function tooLarge(payloadBytes: number | null): Refusal {
  return badRequest(
    'item_too_large',
    isGiven(payloadBytes)
      ? `the item is larger than 400 KB, the most that DynamoDB holds: its payload takes ${payloadBytes} bytes of JSON`
      : 'the item would be larger than 400 KB, the most that DynamoDB holds',
    'payload',
  );
}

/** The data source has too much to do. */
export function throttled(): Refusal {
  return refusal('Throttled', 'throttled', 'too many requests right now; try again', {
    retryAfterMs: RETRY_AFTER_MS,
  });
}

/** Each attempt met another transaction on its rows. */
export function busy(): Refusal {
  return refusal(
    'Throttled',
    'transaction_in_the_way',
    'other transactions are writing the same items; try again',
    {
      retryAfterMs: RETRY_AFTER_MS,
    },
  );
}

/** The cause is in the log under the request id; it is never sent. */
export function internalError(requestId: string): Refusal {
  return refusal('InternalError', 'internal_error', 'internal error', { requestId });
}

/** Nobody knows whether a write was done: its data source failed, or did not answer in time. The cause is in the log. */
export function outcomeUnknown(requestId: string): Refusal {
  return refusal(
    'InternalError',
    'outcome_unknown',
    'internal error: the write may have been done; read the item, or send the write again with the same clientRequestToken or expectedVersion',
    { requestId },
  );
}
