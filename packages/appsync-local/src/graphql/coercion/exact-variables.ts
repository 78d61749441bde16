import { randomUUID } from 'node:crypto';
import { JsonNumber } from './json-number.ts';

type Variables = Record<string, unknown>;

/**
 * The variables of a request with a `JsonNumber` for each number that JavaScript would not write as the client did: an `ID`
 * of 1234567890123456789 must not become another one. All others are plain numbers, and the variables themselves are
 * returned where there is none of these.
 *
 * @param text JSON of an object whose member `variables` they are
 */
export function exactVariables(text: string, variables: Variables): Variables {
  if (!MAY_BE_INEXACT.test(text)) {
    return variables;
  }
  let found = false;
  const marked = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || String(Number(token)) === token) {
      return token;
    }
    found = true;
    return `{"${MARK}":"${token}"}`;
  });
  return found
    ? (unmarked((JSON.parse(marked) as { variables: Variables }).variables) as Variables)
    : variables;
}

/**
 * A look that costs next to nothing, for nearly every request ends here: at least 16 digits, a fraction that ends in 0, an
 * exponent, or -0 where JSON may have a number. Strings may look so too.
 */
const MAY_BE_INEXACT = /[:[,]\s*-?(?:[\d.]{16}|\d+\.\d*0(?!\d)|\d+(?:\.\d+)?[eE]|(?<=-)0(?![.\d]))/;

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** No client can know it, so none can make a number of an object of its own. */
const MARK = randomUUID();

function unmarked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(unmarked);
  }
  const written = (value as Variables)[MARK];
  return typeof written === 'string'
    ? new JsonNumber(written)
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unmarked(member)]));
}
