/** A JSON value whose numbers are still text. Objects are maps: any name may occur in them, including `__proto__`. */
export type ExactJson = null | boolean | string | ExactNumber | ExactJson[] | Map<string, ExactJson>;

export interface ExactNumber {
  number: string;
}

/** Strings and numbers of JSON (RFC 8259 sections 6 and 7); the loop form of the string keeps long ones off the stack. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const TEXT = '=';
const NUMBER = '#';

/**
 * Parses JSON without converting its numbers to doubles. Every string gets a mark before its first character and every number
 * becomes a string with another mark, so that JSON.parse does the work; its `context.source` would be simpler, but Node.js has
 * it only from version 21 on.
 *
 * @throws SyntaxError like JSON.parse
 */
export function parseExactJson(text: string): ExactJson {
  try {
    return unmark(JSON.parse(text.replace(TOKENS, mark)) as Marked);
  } catch (error) {
    JSON.parse(text); // tells people of their own text
    throw error;
  }
}

const mark = (token: string): string =>
  token.startsWith('"') ? `"${TEXT}${token.slice(1)}` : `"${NUMBER}${token}"`;

type Marked = null | boolean | string | Marked[] | { [name: string]: Marked };

function unmark(value: Marked): ExactJson {
  if (typeof value === 'string') {
    return value.startsWith(NUMBER) ? { number: value.slice(1) } : value.slice(1);
  }
  if (Array.isArray(value)) {
    return value.map(unmark);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return new Map(Object.entries(value).map(([name, member]) => [name.slice(1), unmark(member)]));
}
