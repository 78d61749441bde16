import { type Caller } from './caller.ts';
import { expiryProblem } from './expiry.ts';
import { isGiven } from './given.ts';
import { MAX_BATCH, MAX_KEY_BYTES } from './limits.ts';
import { mayWriteAny } from './permissions.ts';
import { badRequest, refusal, type Refusal } from './refusals.ts';
import type { MeasuredText } from './text.ts';

/**
 * Why a text cannot reach DynamoDB; null when it can.
 *
 * @param name what the message calls the text
 * @param field the argument or input member that holds it
 */
export function textRefusal(text: MeasuredText, name: string, field: string): Refusal | null {
  return text.isWellFormed ? null : badRequest('unpaired_surrogate', unpairedIn(name), field);
}

export function unpairedIn(name: string): string {
  return `${name} holds an unpaired surrogate, which DynamoDB cannot store`;
}

/** @param name of the member whose text UTF-8 has no bytes for */
export function brokenMember(name: string): Refusal {
  return badRequest('unpaired_surrogate', unpairedIn(name), name);
}

const KEY_CODES = {
  id: { blank: 'id_required', long: 'id_too_long' },
  kind: { blank: 'kind_required', long: 'kind_too_long' }, // part: validated-items
  owner: { blank: 'owner_invalid', long: 'owner_invalid' },
} as const;

/** Why a text cannot be the key of a table or an index; null when it can. */
export function keyRefusal(key: MeasuredText, name: keyof typeof KEY_CODES, field: string): Refusal | null {
  if (key.text.trim() === '') {
    return badRequest(KEY_CODES[name].blank, `${name} is required`, field);
  }
  return key.bytes > MAX_KEY_BYTES
    ? badRequest(
        KEY_CODES[name].long,
        `${name} has ${key.bytes} bytes; at most ${MAX_KEY_BYTES} are allowed`,
        field,
      )
    : textRefusal(key, name, field);
}

export function expectedVersionRefusal(version: number | null | undefined): Refusal | null {
  return (version ?? 0) < 0
    ? badRequest(
        'expected_version_out_of_range',
        `expectedVersion is ${version}; it must be 0 (create only) or a version`,
        'expectedVersion',
      )
    : null;
}

/** What no component further on could carry is refused at the door. */
export function expiryRefusal(expiresAt: number | null | undefined): Refusal | null {
  const problem = isGiven(expiresAt) ? expiryProblem(expiresAt) : null;
  return isGiven(problem) ? badRequest('expires_at_out_of_range', problem, 'expiresAt') : null;
}

/**
 * A caller that may not write everything owns what it creates; naming an owner is for admins and IAM callers. From others null says
 * nothing: AppSync hands a variable that was not given over as null (aws/aws-appsync-community#348).
 */
export function ownerRefusal(owner: MeasuredText | null, caller: Caller): Refusal | null {
  if (!isGiven(owner)) {
    return null;
  }
  if (!caller.writesAll) {
    return refusal(
      'Unauthorized',
      'owner_not_allowed',
      'only admins and IAM callers may set owner; leave it out',
      null,
    );
  }
  return owner.text.trim() === '' || owner.bytes > MAX_KEY_BYTES
    ? badRequest(
        'owner_invalid',
        `owner must not be blank nor longer than ${MAX_KEY_BYTES} bytes; null makes the item unowned`,
        'owner',
      )
    : textRefusal(owner, 'owner', 'owner');
}

/** What every write says besides its payload. */
export type WriteInput = {
  id: MeasuredText;
  owner: MeasuredText | null;
  expectedVersion: number | null;
  /** Epoch seconds. */
  expiresAt: number | null;
};

/** Why a write cannot be done whatever is stored, its payload aside; null when it can. */
export function inputRefusal(input: WriteInput, caller: Caller): Refusal | null {
  return (
    writerRefusal(caller) ||
    keyRefusal(input.id, 'id', 'id') ||
    expectedVersionRefusal(input.expectedVersion) ||
    ownerRefusal(input.owner, caller) ||
    expiryRefusal(input.expiresAt)
  );
}

/** Of a caller that may write no item at all; null for others. */
function writerRefusal(caller: Caller): Refusal | null {
  return mayWriteAny(caller)
    ? null
    : refusal('Unauthorized', 'write_not_allowed', 'not allowed to write items', null);
}

/** `putItems` with none, or more than one transaction takes. */
export function batchRefusal(count: number): Refusal | null {
  return count < 1 || count > MAX_BATCH
    ? badRequest('items_out_of_range', `items has ${count} entries; it must have 1 to ${MAX_BATCH}`, 'items')
    : null;
}

/** Items or changes of a page, unless told otherwise and at most. */
export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;

/** The size of a page. */
export function limitOf(limit: number | null | undefined): number {
  return limit ?? DEFAULT_LIMIT;
}

export function limitRefusal(limit: number | null | undefined): Refusal | null {
  const asked = limitOf(limit);
  return asked < 1 || asked > MAX_LIMIT
    ? badRequest('limit_out_of_range', `limit is ${asked}; it must be from 1 to ${MAX_LIMIT}`, 'limit')
    : null;
}

const MAX_TOKEN_CHARACTERS = 128;
/** The row of a token keeps the input, to tell another one from it, and is an item of at most 400 KB. */
const MAX_INPUT_BYTES = 350_000;

/** @param inputBytes of the items as JSON, which the row of the token keeps */
export function tokenRefusal(token: MeasuredText, inputBytes: number): Refusal | null {
  const { text } = token;
  if (text.trim() === '' || text.length > MAX_TOKEN_CHARACTERS) {
    return badRequest(
      'request_token_out_of_range',
      `clientRequestToken has ${text.length} characters; it must have 1 to ${MAX_TOKEN_CHARACTERS} and not be blank`,
      'clientRequestToken',
    );
  }
  return inputBytes > MAX_INPUT_BYTES
    ? badRequest(
        'request_token_input_too_large',
        `with a clientRequestToken the items may take ${MAX_INPUT_BYTES} bytes of JSON, these take ${inputBytes}; send fewer at a time`,
        'clientRequestToken',
      )
    : textRefusal(token, 'clientRequestToken', 'clientRequestToken');
}
