import { own } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';
import { LONGEST_TEXT } from '../meter.ts';
import { addWork } from '../outside-work.ts';
import { search } from './bounded-search.ts';
import type { SearchPattern } from './bounded-search.ts';
import { PatternShape } from './pattern-shape.ts';

/** Patterns come from code, so there are few; the bound only guards against patterns built from data. */
const CACHE_SIZE = 500;
const LONGEST_KEPT = 1000;

const META = /[\\^$.|?*+()[\]{}]/;

const LINE_END = '[\\n\\r\\x85\\u2028\\u2029]';
const AT_END = '(?![\\s\\S])';
const BEFORE_LAST_LINE_END = `(?=(?:\\r\\n|${LINE_END})?${AT_END})`;

/** Java's meaning of `\x` (java.util.regex.Pattern, Java SE 8), as a class or a literal of JavaScript's `v` mode. */
const ESCAPES: Record<string, string> = {
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\x07',
  e: '\\x1b',
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  s: '[ \\t\\n\\x0B\\f\\r]',
  S: '[^ \\t\\n\\x0B\\f\\r]',
  h: '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  v: '[\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
  V: '[^\\n\\x0B\\f\\r\\x85\\u2028\\u2029]',
};

/** Escapes for a position or a sequence, which a character class cannot contain. */
const POSITIONS: Record<string, string> = {
  b: '\\b',
  B: '\\B',
  A: '(?<![\\s\\S])',
  z: AT_END,
  Z: BEFORE_LAST_LINE_END,
  R: '(?:\\r\\n|[\\n\\x0B\\f\\r\\x85\\u2028\\u2029])',
};

/** `\p{Alpha}` and the like are ASCII in Java. */
const POSIX: Record<string, string> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E',
  Graph: '\\x21-\\x7E',
  Print: '\\x20-\\x7E',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
};

interface Translation {
  source: string;
  flags: string;
  shape: PatternShape;
}

/**
 * `util.matches`: whether the whole value matches a Java regular expression. AppSync does not say whether the whole value has
 * to; under the stricter reading nothing passes here and fails there.
 *
 * @throws HelperFailure for a pattern that Java refuses or JavaScript cannot express, or one that takes too long
 */
export const matches = (pattern: string, value: string): boolean =>
  search(whole(pattern), value, (regex) => regex.test(value));

/**
 * Whether `String.replace` and `String.replaceAll` take a text for a regular expression: their patterns follow Java's
 * (developer guide, "Supported runtime features"), so a text without meta-characters stands for itself.
 */
export const isPattern = (pattern: string): boolean => META.test(pattern);

/** @throws HelperFailure like `matches` */
export function replace(text: string, pattern: string, replacement: string): string {
  checkReplaced(text, 1, replacement);
  return search(first(pattern), text, (regex) => text.replace(regex, replacement));
}

/** @throws HelperFailure like `matches` */
export function replaceAll(text: string, pattern: string, replacement: string): string {
  const compiled = every(pattern);
  // Few texts could grow that long; for those the matches are counted first.
  if ((text.length + 1) * longestOf(replacement, text) > LONGEST_TEXT) {
    checkReplaced(
      text,
      search(compiled, text, (regex) => text.match(regex)?.length ?? 0),
      replacement,
    );
  }
  return search(compiled, text, (regex) => text.replaceAll(regex, replacement));
}

/** The most characters that one match can become: each `$…` may stand for the whole text. */
const longestOf = (replacement: string, text: string): number =>
  replacement.length + (replacement.split('$').length - 1) * text.length;

function checkReplaced(text: string, found: number, replacement: string): void {
  const length = text.length + found * longestOf(replacement, text);
  addWork(length);
  if (length > LONGEST_TEXT) {
    throw new HelperFailure(`A text would have more than ${LONGEST_TEXT} characters`);
  }
}

const whole = cached((pattern) => {
  const { source, flags, shape } = translate(pattern);
  return { ...compile(pattern, `^(?:${source})${AT_END}`, flags.replace('m', ''), shape), isAnchored: true };
});
const first = cached((pattern) => {
  const { source, flags, shape } = translate(pattern);
  return compile(pattern, source, flags, shape);
});
const every = cached((pattern) => {
  const { source, flags, shape } = translate(pattern);
  return compile(pattern, source, `${flags}g`, shape);
});

function cached(make: (pattern: string) => SearchPattern): (pattern: string) => SearchPattern {
  const kept = new Map<string, SearchPattern>();
  return (pattern) => {
    const known = kept.get(pattern);
    if (known) {
      return known;
    }
    if (kept.size >= CACHE_SIZE) {
      kept.clear();
    }
    const made = make(pattern);
    if (pattern.length <= LONGEST_KEPT) {
      kept.set(pattern, made);
    }
    return made;
  };
}

function compile(written: string, source: string, flags: string, shape: PatternShape): SearchPattern {
  try {
    return { regex: new RegExp(source, flags), written, shape, isAnchored: false };
  } catch {
    throw new HelperFailure(`The regular expression "${written}" is not valid`);
  }
}

const cannot = (pattern: string, what: string) =>
  new HelperFailure(
    `The regular expression "${pattern}" uses ${what}, which the local server cannot translate`,
  );

function translate(pattern: string): Translation {
  const { flags, rest } = leadingFlags(pattern);
  const shape = new PatternShape();
  let source = '';
  let at = rest;
  while (at < pattern.length) {
    const token = readToken(pattern, at, flags.includes('s'), flags.includes('m'));
    tell(shape, pattern.slice(at, token.end));
    source += token.text;
    at = token.end;
  }
  return { source, flags, shape };
}

function tell(shape: PatternShape, part: string): void {
  switch (part[0]) {
    case '(':
      return shape.open();
    case ')':
      return shape.close();
    case '|':
      return shape.alternative();
    case '*':
    case '+':
    case '?':
    case '{':
      return shape.quantifier(part);
    case '\\':
      return /^\\[1-9k]/.test(part) ? shape.reference() : shape.atom(part === '\\R');
    default:
      return shape.atom();
  }
}

interface Token {
  text: string;
  end: number;
}

function leadingFlags(pattern: string): { flags: string; rest: number } {
  const found = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
  if (!found) {
    return { flags: 'v', rest: 0 };
  }
  const unknown = /[^imsudU]/.exec(found[1] as string);
  if (unknown) {
    throw cannot(pattern, `the flag ${unknown[0]}`);
  }
  const flags = ['i', 'm', 's'].filter((flag) => found[1]?.includes(flag));
  return { flags: `v${flags.join('')}`, rest: found[0].length };
}

function readToken(pattern: string, at: number, dotAll: boolean, multiline: boolean): Token {
  const sign = pattern[at] as string;
  switch (sign) {
    case '\\':
      return readEscape(pattern, at, false);
    case '[':
      return readClass(pattern, at);
    case '(':
      return readGroup(pattern, at);
    case '.':
      return { text: dotAll ? '.' : '[^\\n\\r\\x85\\u2028\\u2029]', end: at + 1 };
    case '$':
      return { text: multiline ? '$' : BEFORE_LAST_LINE_END, end: at + 1 };
    case '*':
    case '+':
    case '?':
    case '{':
      return readQuantifier(pattern, at);
    case '^':
    case '|':
    case ')':
      return { text: sign, end: at + 1 };
    default:
      return literal(pattern, at);
  }
}

function literal(pattern: string, at: number): Token {
  const character = String.fromCodePoint(pattern.codePointAt(at) as number);
  return { text: quote(character), end: at + character.length };
}

/** Quotes a character so that it is safe both inside and outside a character class of `v` mode. */
const quote = (character: string): string =>
  /[\^$\\.*+?()[\]{}|/]/.test(character)
    ? `\\${character}`
    : /[-&!#%,:;<=>@`~]/.test(character)
      ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
      : character;

function readQuantifier(pattern: string, at: number): Token {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})([?+]?)/.exec(pattern.slice(at));
  if (!found) {
    throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
  }
  if (found[1] === '+') {
    throw cannot(pattern, 'a possessive quantifier');
  }
  return { text: found[0], end: at + found[0].length };
}

function readGroup(pattern: string, at: number): Token {
  const found = /^\((?:\?(?:[:=!]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>))?/.exec(pattern.slice(at)) as RegExpExecArray;
  if (found[0] === '(' && pattern[at + 1] === '?') {
    throw cannot(pattern, pattern[at + 2] === '>' ? 'an atomic group' : 'flags inside the expression');
  }
  return { text: found[0], end: at + found[0].length };
}

function readEscape(pattern: string, at: number, inClass: boolean): Token {
  const sign = pattern[at + 1];
  if (sign === undefined) {
    throw new HelperFailure(`The regular expression "${pattern}" ends with a backslash`);
  }
  if (sign === 'Q') {
    return readQuotation(pattern, at + 2);
  }
  if (sign === 'p' || sign === 'P') {
    return readProperty(pattern, at);
  }
  const numeric = readCharacterCode(pattern, at);
  if (numeric) {
    return numeric;
  }
  const known = ESCAPES[sign] ?? (inClass ? undefined : POSITIONS[sign]);
  if (known !== undefined) {
    return { text: known, end: at + 2 };
  }
  const reference = inClass ? null : /^\\(?:[1-9]|k<[a-zA-Z][a-zA-Z0-9]*>)/.exec(pattern.slice(at));
  if (reference) {
    return { text: reference[0], end: at + reference[0].length };
  }
  if (/[a-zA-Z0-9]/.test(sign)) {
    throw cannot(pattern, `\\${sign}`);
  }
  return literal(pattern, at + 1);
}

function readQuotation(pattern: string, start: number): Token {
  const close = pattern.indexOf('\\E', start);
  const quoted = pattern.slice(start, close === -1 ? undefined : close);
  const text = [...quoted].map(quote).join('');
  return { text, end: close === -1 ? pattern.length : close + 2 };
}

/** `\x41`, `\x{1F600}`, `\u0041`, `\0101` (octal) and `\cA`. */
function readCharacterCode(pattern: string, at: number): Token | undefined {
  const found =
    /^\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|0([0-3]?[0-7]{1,2})|c([@-_a-z]))/.exec(
      pattern.slice(at),
    );
  if (!found) {
    return undefined;
  }
  const hex = found[1] ?? found[2] ?? found[3];
  // Java: a control character is the letter with bit 0x40 flipped.
  const code = hex
    ? parseInt(hex, 16)
    : found[4]
      ? parseInt(found[4], 8)
      : (found[5] as string).charCodeAt(0) ^ 0x40;
  return { text: `\\u{${code.toString(16)}}`, end: at + found[0].length };
}

function readProperty(pattern: string, at: number): Token {
  const found = /^\\([pP])(?:\{(\w+)(?:=(\w+))?\}|(\w))/.exec(pattern.slice(at));
  if (!found) {
    throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
  }
  const [all, sign, name, value, letter] = found;
  const end = at + all.length;
  const posix = own(POSIX, name ?? '');
  if (posix) {
    return { text: `[${sign === 'P' ? '^' : ''}${posix}]`, end };
  }
  const plain = (name ?? letter ?? '').replace(/^Is/, '');
  const candidates = value === undefined ? [plain, `Script=${plain}`] : [`${plain}=${value}`];
  const known = candidates.find(isProperty);
  if (known === undefined) {
    throw cannot(pattern, all);
  }
  return { text: `\\${sign}{${known}}`, end };
}

function isProperty(property: string): boolean {
  try {
    return new RegExp(`\\p{${property}}`, 'v').source !== '';
  } catch {
    return false;
  }
}

/** Reads `[a-z&&[^x]]`: every operand of an intersection becomes a class of its own, as `v` mode requires. */
function readClass(pattern: string, start: number): Token {
  const isNegated = pattern[start + 1] === '^';
  const operands = [''];
  const first = start + (isNegated ? 2 : 1);
  let at = first;
  // In Java a `]` right after the opening bracket is a literal.
  while (pattern[at] !== ']' || at === first) {
    if (at >= pattern.length) {
      throw new HelperFailure(`The regular expression "${pattern}" is not valid`);
    }
    if (pattern.startsWith('&&', at)) {
      operands.push('');
      at += 2;
      continue;
    }
    const token = readClassToken(pattern, at);
    operands[operands.length - 1] += token.text;
    at = token.end;
  }
  const [only] = operands;
  const body = operands.length === 1 ? only : operands.map((operand) => `[${operand}]`).join('&&');
  return { text: `[${isNegated ? '^' : ''}${body}]`, end: at + 1 };
}

function readClassToken(pattern: string, at: number): Token {
  if (pattern[at] === '\\') {
    return readEscape(pattern, at, true);
  }
  if (pattern[at] === '[') {
    return readClass(pattern, at);
  }
  // A hyphen between two characters makes a range; at either end it is a literal.
  const isRange =
    pattern[at] === '-' && !'[]&'.includes(pattern[at + 1] ?? ']') && !'[^'.includes(pattern[at - 1] ?? '[');
  return isRange ? { text: '-', end: at + 1 } : literal(pattern, at);
}
