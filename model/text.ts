/**
 * A text with what only the platform can tell of it: APPSYNC_JS measures with `util`, Node.js with `Buffer`.
 */
export type MeasuredText = {
  text: string;
  /** Of UTF-8. */
  bytes: number;
  /** False where it has an unpaired surrogate: UTF-8 has no bytes for it, so DynamoDB cannot store it. */
  isWellFormed: boolean;
};

/** A text or a member's name inside a value, and the JSON Pointer (RFC 6901) that leads to the text, or to the map that has the member. */
export type PlacedText = { text: string; pointer: string; isName: boolean };

/** Longer values would bury the message they are to explain, in characters of JSON. */
const LONGEST_SHOWN = 60;

/** The value as JSON when it is short enough to help in a message, else null; null for a value that is no JSON. */
export function shown(value: unknown): string | null {
  const text = JSON.stringify(value) as string | undefined;
  return text == null || text.length > LONGEST_SHOWN ? null : text;
}

/** A token of a JSON Pointer (RFC 6901, section 3). */
export function escapeToken(token: string): string {
  return token.indexOf('~') < 0 && token.indexOf('/') < 0
    ? token
    : token.split('~').join('~0').split('/').join('~1');
}

/** How a message names the place that a JSON Pointer leads to. */
export function placeOf(pointer: string): string {
  return pointer === '' ? 'the root' : pointer;
}
