import type { Random } from '../../../packages/appsync-local/tests/harness/random.ts';

/** Texts that have broken something somewhere: parsers, keys, expressions, paths, limits. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '\t\n\r\u00a0\u2028\ufeff',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  'x\udfff',
  '\uffff',
  '😀👩‍👩‍👧',
  'e\u0301',
  '\u202eevil',
  '\u0130İıſK',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e999',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '#id',
  ':value',
  '#',
  ':',
  '$ctx.args',
  '${jndi:ldap://127.0.0.1/a}',
  '{{7*7}}',
  "' OR '1'='1",
  '"; DROP TABLE items; --',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '%00%2e%2e%2f',
  'a.b.c',
  'a[0].b',
  'a[99999999999].b',
  'a[-1]',
  'a..b',
  '/a/0/b',
  '/~',
  '/~2/',
  '//',
  'payload',
  'owner',
  'id',
  'referrers#a',
  'unique#product#/sku#"A"',
  'request#putItem##a',
  'open#0',
  '{0}',
  '{1}',
  '{99}',
  '#f0',
  ':f0',
  'id = id OR',
  '$util.toJson($ctx)',
  '\\u0000',
  '/0/1/2/3',
  '/0/1/2/3/4',
  '/a/',
  'a[0][1].b',
  'a[',
  'a]b',
  '[00]',
  'P1W',
  '-PT5M',
  'PT1.5S',
  'P9250D',
  'P9999DT999999H',
  'P1D',
  'PT0S',
  'PT-5M',
  'P9999999D',
  'P999999999999999999999D',
  'eyJhIjoxfQ==',
  'arn:aws:dynamodb:::table/a',
];

/** Lengths at the limits of ids, names, filters and tokens, and beyond. */
const LENGTHS = [36, 255, 256, 257, 1023, 2047, 2048, 2049, 4096, 70_000, 410_000];

const FILLS = ['a', 'é', '😀', '0', '\ud800', '[', '{"', '/a', '.a', '%', '\\', "'"];

/** A text that nobody would send in good faith. */
export function hostileText(random: Random): string {
  if (random.chance(0.75)) {
    return random.oneOf(TEXTS);
  }
  if (random.chance(0.5)) {
    return `${random.oneOf(TEXTS)}${random.oneOf(TEXTS)}`;
  }
  const length = random.chance(0.9) ? random.oneOf(LENGTHS.slice(0, -2)) : random.oneOf(LENGTHS);
  const fill = random.oneOf(FILLS);
  return fill.repeat(Math.ceil(length / fill.length)).slice(0, length);
}

/** A text that was right once, with something changed: a character, the end, or what base64 hides. */
export function damaged(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.oneOf(['', '=', 'A', '\0', '\ud800', '€', ' ']) + text.slice(at + 1);
    case 2:
      return text + text;
    case 3:
      return [...text].reverse().join('');
    default:
      return damagedInside(text, random);
  }
}

/** Tokens and cursors are JSON in base64: what is in it is changed, and sealed again. */
function damagedInside(text: string, random: Random): string {
  const opened = Buffer.from(text, 'base64').toString();
  const numbers = ['-1', '1.5', '1e999', '99999999999999999999', '"5"', 'null', '{}'];
  const texts = ['null', '5', '{}', '""', '[]', '"\\ud800"', '"x"'];
  const changed = [
    opened.replace(/\d+/, random.oneOf(numbers)),
    opened.replace(/"[^"]*"(?=[,}\]])/, random.oneOf(texts)),
    opened.replace(/\[[^\]]*\]/, random.oneOf(['null', '{}', '[null]', '[1]', '["a"', '"a"'])),
    opened.slice(0, random.below(opened.length + 1)),
    `${opened}}`,
    '{}',
    'null',
    '[]',
    '{',
  ];
  return Buffer.from(random.oneOf(changed)).toString('base64');
}
