import { isRecord } from '../ground/record.ts';
import { refused } from './data-source.ts';
import type { Outcome } from './data-source.ts';

export type Refusal = Outcome & { kind: 'refused' };

/** A request object with checked member names, or the `refusal` that says why it is invalid. */
export type Checked =
  | { request: Record<string, unknown>; refusal?: never }
  | { request?: never; refusal: Refusal };

/**
 * Checks the members of a request handler's result, in AppSync's words (docs/facts/resolvers.md#bad-request-missing: observed
 * for DynamoDB; the same parser serves every data source). Accepts `version`, which mapping templates had to state and code
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

/** Refuses a request, with the narrower type. */
export const refuse = (message: string): Refusal => refused(message) as Refusal;

/** The first member that is not one of `known`. */
export const unknownMember = (
  object: Record<string, unknown>,
  known: readonly string[],
): string | undefined => Object.keys(object).find((name) => !known.includes(name));
