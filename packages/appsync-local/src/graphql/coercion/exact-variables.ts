import { randomUUID } from 'node:crypto';
import { JsonNumber } from './json-number.ts';

type Variables = Record<string, unknown>;

/**
 * Returns the variables with a `JsonNumber` for each number that JavaScript would write differently from the client: an `ID` of
 * 1234567890123456789 must not become another one. Other numbers stay plain; without any such number, returns the variables
 * themselves.
 *
 * @param text JSON of the object whose member `variables` they are
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
 * A quick test that settles nearly every request: at least 16 digits, a fraction that ends in 0, an exponent, or -0 where JSON
 * may have a number. Strings may match too, but times do not: of their fractions of a second one in ten ends in 0.
 */
const MAY_BE_INEXACT = /[:[,]\s*-?(?:[\d.]{16}|\d+\.\d*0(?=[\s,\]}])|\d+(?:\.\d+)?[eE]|(?<=-)0(?![.\d]))/;

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Clients cannot know it, so none can pass off its own object as a number. */
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
