import { expect, it } from 'vitest';
import { isSame, order, totalOrder } from '../../../../model/query/compare.ts';

it('texts have the order of their UTF-8', () => {
  const texts = [
    '',
    'a',
    'ab',
    'Z',
    'ä',
    '\uFB01',
    '\uFFFF',
    '\u{1F600}',
    '\u{1F600}a',
    '\u{1F601}',
    '\u{10FFFF}',
  ];

  const sorted = [...texts].sort((one, other) => order(one, other)!);

  expect(sorted).toEqual(
    [...texts].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
  );
});

it('nothing else than two numbers or two texts has an order', () => {
  expect([order(1, 2), order(2, 1), order(1, '1'), order(null, null), order([1], [2])]).toEqual([
    -1,
    1,
    null,
    null,
    null,
  ]);
});

it('objects are the same whatever the order of their members', () => {
  expect(isSame({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(isSame([1, 2], [2, 1])).toBe(false);
});

it('values of all types can be sorted', () => {
  const values = [undefined, null, false, true, -1, 2, 10, '10', '2', [1]];

  const shuffled = [values[9], ...values.slice(0, 9).reverse()];
  const inOrder = shuffled
    .map((value) => ({ value })) // Array.sort puts undefined last without asking.
    .sort((one, other) => totalOrder(one.value, other.value));

  expect(inOrder.map(({ value }) => value)).toEqual(values);
});
