import type { Random } from '../../../packages/appsync-local/tests/harness/random.ts';
import { hostileText } from './texts.ts';

/** Numbers where doubles, DynamoDB's decimals and their texts part. */
const NUMBERS = [
  '0',
  '-0',
  '1e-129',
  '1e-130',
  '1e-131',
  '9.99e125',
  '1e126',
  '1e308',
  '1e309',
  '-1e999',
  '5e-324',
  '0.1',
  '0.30000000000000004',
  '0.12345678901234567890123456789012345678901234567890',
  '9007199254740991',
  '9007199254740992',
  '-9007199254740993',
  '12345678901234567890123456789012345678901234567890',
  '1E2',
  '100000000000000000000e-20',
];

/** Texts that are no JSON, or not quite. */
const NOT_JSON = [
  '',
  ' ',
  '{',
  '}',
  '[1,]',
  '{"a":}',
  "{'a':1}",
  '{a:1}',
  'undefined',
  'NaN',
  '-Infinity',
  '01',
  '+1',
  '1.',
  '.5',
  '0x10',
  '"\\x"',
  '"\\u12"',
  '"a\nb"',
  '\ufeff{}',
  '{} {}',
  '"',
  '//',
  '[1,2',
  'nulll',
];

const ODD_OBJECTS = [
  '{"":1}',
  '{"a":{"":[{"":null}]}}',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toJSON":1,"then":2,"valueOf":3,"length":-1}',
  '{"\\ud800":"\\udfff"}',
  '{"a":"\\ud83d"}',
  '{"#a":":b"}',
  '{"S":"a"}',
  '{"M":{"a":{"S":"b"}}}',
  '{"NULL":true}',
  '{"B":"AAAA"}',
  '{"SS":[]}',
];

/** Deep enough to be at DynamoDB's limit, past it, past the server's own, and past every stack. */
const DEPTHS = [30, 31, 32, 33, 100, 499, 500, 501, 5_000, 100_000];

/** A text for a field of type AWSJSON: mostly JSON, seldom harmless. */
export function hostileJson(random: Random): string {
  const kind = random.next();
  if (kind < 0.1) {
    return random.oneOf(NOT_JSON);
  }
  if (kind < 0.25) {
    return random.oneOf(ODD_OBJECTS);
  }
  if (kind < 0.4) {
    return nestedJson(random);
  }
  if (kind < 0.45) {
    return wideJson(random);
  }
  return jsonText(random, 0);
}

/** Lists or maps inside each other. */
function nestedJson(random: Random): string {
  // Deep ones are as long as they are deep.
  const depth = random.chance(0.8) ? random.oneOf(DEPTHS.slice(0, -2)) : random.oneOf(DEPTHS);
  const [open, inside, close] = random.oneOf([
    ['[', '', ']'],
    ['[', '1', ']'],
    ['{"a":', '1', '}'],
    ['{"a":[', '{}', ']}'],
  ] as const);
  return `${open.repeat(depth)}${inside}${close.repeat(depth)}`;
}

/** Many members, elements or characters. */
function wideJson(random: Random): string {
  const count = random.oneOf([151, 300, 5_000, 20_000]);
  switch (random.below(4)) {
    case 0:
      return `{${Array.from({ length: count }, (_, n) => `"m${n}":${n}`).join()}}`;
    case 1:
      return `[${'0,'.repeat(count)}0]`;
    case 2:
      return `[${'{},'.repeat(count)}{}]`;
    default:
      return JSON.stringify('x'.repeat(count * 20));
  }
}

function jsonText(random: Random, depth: number): string {
  const kind = random.next();
  if (kind < 0.25) {
    return random.oneOf(NUMBERS);
  }
  if (kind < 0.35) {
    return random.oneOf(['true', 'false', 'null', '""', '[]', '{}']);
  }
  if (kind < 0.6 || depth > 3) {
    return JSON.stringify(hostileText(random));
  }
  const parts = Array.from({ length: random.below(4) }, () => jsonText(random, depth + 1));
  if (kind < 0.75) {
    return `[${parts.join()}]`;
  }
  return `{${parts.map((part) => `${JSON.stringify(hostileText(random))}:${part}`).join()}}`;
}
