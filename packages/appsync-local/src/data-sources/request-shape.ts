import { isRecord } from '../ground/record.ts';
import { refused } from './data-source.ts';
import type { Outcome } from './data-source.ts';

export type Refusal = Outcome & { kind: 'refused' };

/** A request object checked as far as its member names; `refusal` says why it is none. */
export type Checked =
  { request: Record<string, unknown>; refusal?: never } | { request?: never; refusal: Refusal };

/**
 * Checks the members of what a request handler returned, with AppSync's wording (docs/facts/resolvers.md#bad-request-missing:
 * observed for DynamoDB, the same parser serves every data source). `version` is what mapping templates had to name; code
 * ported from them still does.
 */
export function checkRequest(
  value: unknown,
  required: readonly string[],
  optional: readonly string[],
): Checked {
  const request = isRecord(value) ? value : {};
  const missing = required.find((name) => request[name] === undefined || request[name] === null);
  if (missing) {
    return { refusal: refuse(`Value for field '$[${missing}]' not found.`) };
  }
  const unknown = unknownMember(request, [...required, ...optional, 'version']);
  if (unknown) {
    return { refusal: refuse(`Unsupported element '$[${unknown}]'.`) };
  }
  return { request };
}

/** `refused`, typed as what it always is. */
export const refuse = (message: string): Refusal => refused(message) as Refusal;

/** The first member that is not one of `known`. */
export const unknownMember = (
  object: Record<string, unknown>,
  known: readonly string[],
): string | undefined => Object.keys(object).find((name) => !known.includes(name));
