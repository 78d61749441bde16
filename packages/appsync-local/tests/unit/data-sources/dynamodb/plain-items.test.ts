import { describe, expect, it } from 'vitest';
import { readItem, readItems } from '../../../../src/data-sources/dynamodb/plain-items.ts';
import { HERE, mapFromWire, type WireMap } from '../../../../src/data-sources/dynamodb/typed-values.ts';
import { createRuntime } from '../../../../src/runtime/runtime.ts';

const TEXTS = [
  '',
  'text',
  '"',
  '\\',
  '\\"',
  'a\\',
  '\n\u0001',
  '\u2028',
  '\ud83d\ude00',
  '\ud800',
  '"Items":[',
  '{"S":"x"}',
];

const EVERY_TYPE: WireMap = {
  ...Object.fromEntries(TEXTS.map((text) => [`name ${text}`, { S: text }])),
  Item: { S: 'named as the member' },
  Items: { L: [] },
  n: { N: '-1.5E+30' },
  zero: { N: '0' },
  b: { B: 'AAE=' },
  yes: { BOOL: true },
  no: { BOOL: false },
  none: { NULL: true },
  ss: { SS: TEXTS },
  ns: { NS: ['1', '2.5'] },
  bs: { BS: ['AAE=', ''] },
  l: { L: [{ S: 'x' }, { M: { deep: { L: [{ L: [] }, { M: {} }] } } }] },
  m: { M: { toString: { S: 'own' }, S: { S: 'x' }, ['__proto__']: { M: { z: { N: '1' }, a: { N: '2' } } } } },
};

const numbered = (count: number): WireMap =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`n${(index * 7) % count}`, { N: `${index}` }]),
  );

const ITEMS: [string, WireMap][] = [
  ['every type', EVERY_TYPE],
  ['nothing', {}],
  ['64 members', numbered(64)],
  ['65 members', numbered(65)],
  ['a long text with escapes', { s: { S: '"\\\n'.repeat(50_000) } }],
];

/** Compares the order of members too. */
const text = (value: unknown): string => JSON.stringify(value);

describe('readItem', () => {
  it.each(ITEMS)('reads %s as when all is parsed first', (_what, item) => {
    const expected = text(mapFromWire(item));

    expect(text(readItem(text({ Item: item }), 'Item', HERE))).toBe(expected);
    expect(text(readItem(text({ Attributes: item }), 'Attributes', HERE))).toBe(expected);
    expect(text(readItem(JSON.stringify({ Item: item }, null, 2), 'Item', HERE))).toBe(expected);
    expect(text(readItem(text({ Item: item, ConsumedCapacity: {} }), 'Item', HERE))).toBe(expected);
    expect(text(readItem(text({ ConsumedCapacity: {}, Item: item }), 'Item', HERE))).toBe(expected);
  });

  it('has null where there is none', () => {
    expect(readItem('{}', 'Item', HERE)).toBeNull();
    expect(readItem('{"Attributes":{}}', 'Item', HERE)).toBeNull();
  });

  it('makes it of the containers it is given, all the way down', () => {
    const { containers } = createRuntime();
    const [map, list] = [containers.map(), containers.list()].map(
      (one) => Object.getPrototypeOf(one) as object,
    );
    const compact = text({ Item: { m: { M: { l: { L: [{ M: {} }] } } } } });

    for (const answer of [compact, JSON.stringify(JSON.parse(compact), null, 1)]) {
      const item = readItem(answer, 'Item', containers) as { m: { l: object[] } };
      const made = [item, item.m, item.m.l, item.m.l[0]].map((one) => Object.getPrototypeOf(one) as object);

      expect(made).toStrictEqual([map, map, list, map]);
    }
  });

  it.each([
    '',
    '{"Item":{"a":{"S":"x}}}',
    '{"Item":{"a":{"S":"x"}}',
    '{"Item":{"a":{"S":"x"}}}}',
    '{"Item":{"a":{"BOOL":yes}}}',
    '{"Item":{}]',
  ])('refuses %s, which is no JSON', (answer) =>
    expect(() => readItem(answer, 'Item', HERE)).toThrow(SyntaxError),
  );
});

describe('readItems', () => {
  const wire = ITEMS.map(([, item]) => item);
  const plain = wire.map((item) => mapFromWire(item));
  const LastEvaluatedKey = { id: { S: '"Items":[' } };

  it.each([
    ['before', { LastEvaluatedKey, ScannedCount: 9, Items: wire }],
    ['behind', { Items: wire, ScannedCount: 9, LastEvaluatedKey }],
  ])('reads a page with its key %s the items', (_where, page) => {
    for (const blanks of [0, 1]) {
      const read = readItems(JSON.stringify(page, null, blanks), HERE);

      expect(text(read.Items)).toBe(text(plain));
      expect(read).toMatchObject({ LastEvaluatedKey, ScannedCount: 9 });
    }
  });

  it.each([
    ['no items', '{"Items":[],"Count":0,"ScannedCount":3}'],
    ['a count instead of items', '{"Count":2,"ScannedCount":3}'],
  ])('reads a page of %s', (_what, answer) => {
    expect(readItems(answer, HERE)).toMatchObject({ Items: [], ScannedCount: 3 });
  });

  it('makes a list of the containers it is given', () => {
    const { containers } = createRuntime();
    const list = Object.getPrototypeOf(containers.list()) as object;
    const map = Object.getPrototypeOf(containers.map()) as object;

    for (const answer of ['{"Items":[{}]}', '{"Items": [{}]}', '{"Count":0}']) {
      const { Items } = readItems(answer, containers);

      expect(Object.getPrototypeOf(Items)).toBe(list);
      for (const item of Items) {
        expect(Object.getPrototypeOf(item)).toBe(map);
      }
    }
  });

  it('refuses what is no JSON', () => {
    expect(() => readItems('{"Items":[{"a":{"S":"x"}}],', HERE)).toThrow(SyntaxError);
  });
});
