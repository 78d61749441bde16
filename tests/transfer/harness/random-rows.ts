import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Random, randomFrom } from '../../../packages/appsync-local/tests/harness/random.ts';
import type { Row } from '../../../transfer/format/row.ts';

const TEXTS = [
  '',
  ' ',
  'a',
  '"quoted" \\ back',
  'line\nbreak\u2028\u2029',
  '\u0000\u001f',
  'ünïcödé',
  '😀👩‍👩‍👧',
  '\uffff',
  "it's",
  '#1',
  '=x',
];
const NAMES = [
  'a',
  '__proto__',
  'constructor',
  'toString',
  "it's",
  '"',
  '日本',
  'with space',
  '.',
  '#n',
  ':v',
  '1',
  '10',
  '2',
];
const NUMBERS = [
  '0',
  '-1',
  '0.1',
  '12345678901234567890123456789012345678',
  '-0.00012345678901234567890123456789012345678',
  '9007199254740993',
  '1e-130',
  '9.9999999999999999999999999999999999999e125',
  '-9.9e125',
  '100000000000000000000',
];

const bytes = (random: Random): Uint8Array =>
  Uint8Array.from({ length: random.below(9) }, () => random.below(256));

/** Any value that JSON can say; `sets` adds those that it cannot. */
export function randomValue(random: Random, sets: boolean, depth = 0): AttributeValue {
  const kind = random.next();
  if (kind < 0.25 || depth > 4) {
    return { S: random.oneOf(TEXTS) };
  }
  if (kind < 0.45) {
    return { N: random.oneOf(NUMBERS) };
  }
  if (kind < 0.55) {
    return random.oneOf([{ BOOL: true }, { BOOL: false }, { NULL: true }]);
  }
  if (sets && kind < 0.65) {
    return random.oneOf<AttributeValue>([
      { SS: ['a', 'z', 'é'] },
      { NS: ['1', '12345678901234567890123456789012345678', '3'] },
      { B: bytes(random) },
      { BS: [Uint8Array.of(0), Uint8Array.of(2, 1)] },
    ]);
  }
  const size = random.below(4);
  if (kind < 0.8) {
    return { L: Array.from({ length: size }, () => randomValue(random, sets, depth + 1)) };
  }
  return {
    M: Object.fromEntries(
      Array.from({ length: size }, () => [random.oneOf(NAMES), randomValue(random, sets, depth + 1)]),
    ),
  };
}

const nested = (levels: number): AttributeValue =>
  levels === 0 ? { S: 'deep' } : levels % 2 ? { L: [nested(levels - 1)] } : { M: { in: nested(levels - 1) } };

const time = (random: Random): string => new Date(1.6e12 + random.below(1e11)).toISOString();

/** Rows of the items table, their sets in the order of an export, each with another id: `count` random ones, and those at the limits. */
export function randomRows(seed: number, count: number, sets: boolean): Row[] {
  const random = randomFrom(seed);
  const row = (id: string, payload: AttributeValue): Row => ({
    id: { S: id },
    payload,
    version: { N: String(1 + random.below(1e6)) },
    createdAt: { S: time(random) },
    updatedAt: { S: time(random) },
    ...(random.chance(0.3) && { owner: { S: random.oneOf(['alice', 'bob', 'Zoë']) } }),
    ...(random.chance(0.1) && { expiresAt: { N: '4102444800' } }),
    ...(random.chance(0.05) && { referenced: { BOOL: true } }),
    ...(sets && random.chance(0.05) && { 'odd \'name"': randomValue(random, true) }),
  });
  return [
    ...Array.from({ length: count }, (_, index) =>
      row(
        `${random.oneOf(TEXTS.filter((text) => !text.includes('\u0000')))}-${index}`,
        randomValue(random, sets),
      ),
    ),
    row('x'.repeat(2048), { NULL: true }),
    row('../etc/passwd', { L: [] }),
    row('{"id":1}', { M: {} }),
    row('deep', nested(31)),
    row('large', { S: 'é'.repeat(195 * 1024) }),
    row('many', { L: Array.from({ length: 20_000 }, (_, index) => ({ N: `${index}.25` })) }),
  ];
}
