import { Unfit } from './coercion.ts';

/** Deeper values would overflow the stack of the code that walks them; DynamoDB itself stops at 32 levels. */
const MAX_DEPTH = 500;
const SHOWN_CHARACTERS = 100;

/**
 * Parses the text of an AWSJSON value.
 * @throws Unfit for invalid JSON, and for what no data source could keep unchanged: numbers beyond a double, unpaired
 * surrogates, nesting over 500 levels
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_DEPTH && depthOf(text) > MAX_DEPTH) {
    throw problem(text, `valid JSON: it is nested more than ${MAX_DEPTH} levels deep`);
  }
  const value = parse(text);
  if (/[eE]\+?\d{3}/.test(text) && hasInfinity(value)) {
    throw problem(text, 'valid JSON: it holds a number beyond the range of a double');
  }
  if (MAY_BE_UNPAIRED.test(text) && hasUnpairedSurrogate(value)) {
    throw problem(text, 'valid JSON: it holds an unpaired surrogate');
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw problem(text, 'valid JSON');
  }
}

function problem(text: string, noun: string): Unfit {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return new Unfit(`Unable to parse \`${shown}\` as ${noun}.`);
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') {
      index += 1;
    } else if (character === '"') {
      inString = !inString;
    } else if (!inString && (character === '[' || character === '{')) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (!inString && (character === ']' || character === '}')) {
      depth -= 1;
    }
  }
  return deepest;
}

/** Matches an escaped surrogate, or an unpaired one that is not escaped. */
const MAY_BE_UNPAIRED = /\\u[dD][89a-fA-F]|\p{Surrogate}/u;

function hasUnpairedSurrogate(value: unknown): boolean {
  if (typeof value === 'string') {
    return /\p{Surrogate}/u.test(value);
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([name, member]) => hasUnpairedSurrogate(name) || hasUnpairedSurrogate(member))
  );
}

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some(hasInfinity);
  }
  return value === Infinity || value === -Infinity;
}
