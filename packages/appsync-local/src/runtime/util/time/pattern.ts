import { HelperFailure } from '../../interruption.ts';

/** A piece of a java.time.format.DateTimeFormatter pattern. */
export type Part =
  | { kind: 'literal'; text: string }
  | { kind: 'field'; letter: string; count: number }
  | { kind: 'optional'; parts: Part[] };

/**
 * The pattern letters that the local server supports, with the most times each may be repeated
 * (DateTimeFormatterBuilder.appendPattern).
 */
const LETTERS: Record<string, number> = {
  G: 5,
  u: 19,
  y: 19,
  Y: 19,
  Q: 5,
  q: 5,
  M: 5,
  L: 5,
  w: 2,
  d: 2,
  D: 3,
  E: 5,
  e: 5,
  a: 1,
  H: 2,
  k: 2,
  K: 2,
  h: 2,
  m: 2,
  s: 2,
  S: 9,
  A: 19,
  n: 19,
  N: 19,
  V: 2,
  z: 4,
  O: 4,
  X: 5,
  x: 5,
  Z: 5,
};

const parsed = new Map<string, Part[]>();

/** Patterns come from code, so there are few; the bound only guards against patterns built from data. */
const CACHE_SIZE = 500;

/** @throws HelperFailure for a pattern that Java refuses, or a letter that the local server does not support */
export function parsePattern(pattern: string): Part[] {
  const known = parsed.get(pattern);
  if (known) {
    return known;
  }
  if (parsed.size >= CACHE_SIZE) {
    parsed.clear();
  }
  const parts = readParts(pattern);
  parsed.set(pattern, parts);
  return parts;
}

function readParts(pattern: string): Part[] {
  const open: Part[][] = [[]];
  for (let at = 0; at < pattern.length;) {
    const sign = pattern[at] as string;
    const here = open.at(-1) as Part[];
    if (sign === '[') {
      const parts: Part[] = [];
      here.push({ kind: 'optional', parts });
      open.push(parts);
      at += 1;
    } else if (sign === ']') {
      if (open.length === 1) {
        throw invalid(pattern, 'a ] without a [');
      }
      open.pop();
      at += 1;
    } else {
      const { part, end } = readPart(pattern, at);
      here.push(part);
      at = end;
    }
  }
  return open[0] as Part[];
}

function readPart(pattern: string, at: number): { part: Part; end: number } {
  const sign = pattern[at] as string;
  if (sign === "'") {
    return readQuotation(pattern, at);
  }
  if (/[a-zA-Z]/.test(sign)) {
    return readField(pattern, at);
  }
  if ('{}#'.includes(sign)) {
    throw invalid(pattern, `the reserved character ${sign}`);
  }
  return { part: { kind: 'literal', text: sign }, end: at + 1 };
}

function readField(pattern: string, at: number): { part: Part; end: number } {
  const letter = pattern[at] as string;
  let end = at;
  while (pattern[end] === letter) {
    end += 1;
  }
  const most = LETTERS[letter];
  if (most === undefined) {
    const letters = Object.keys(LETTERS).join('');
    throw invalid(
      pattern,
      `the letter ${letter}, which the local server does not know (it knows ${letters})`,
    );
  }
  const count = end - at;
  if (count > most || (letter === 'V' && count !== 2)) {
    throw invalid(pattern, `${count} times the letter ${letter}`);
  }
  return { part: { kind: 'field', letter, count }, end };
}

/** `'T'` is a literal T, and two quotes in a row are one quote, inside a quotation as well. */
function readQuotation(pattern: string, at: number): { part: Part; end: number } {
  const found = /^'((?:[^']|'')*)'/.exec(pattern.slice(at));
  if (!found) {
    throw invalid(pattern, 'a quote that is not closed');
  }
  const text = found[1] === '' ? "'" : (found[1] as string).replaceAll("''", "'");
  return { part: { kind: 'literal', text }, end: at + found[0].length };
}

const invalid = (pattern: string, what: string) =>
  new HelperFailure(`The date format "${pattern}" has ${what}`);
