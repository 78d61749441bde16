import { expect, it } from 'vitest';
import { CHUNK, chunksOf, countTo } from '../../../model/chunks.ts';

it.each([0, 1, 9, 10, 11, 33, 99, 100, 101, 110, 999, CHUNK])('counts to %d', (count) => {
  expect(countTo(count)).toEqual(Array.from({ length: count }, (_, number) => number));
});

it.each([0, 1, 1000, 1001, 2500, 1_000_000])('loses none of %d elements', (length) => {
  const list = Array.from({ length }, (_, number) => number);
  const chunks = chunksOf(list);

  expect(Math.max(chunks.length, ...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(CHUNK);
  expect(chunks.flat()).toEqual(list);
});
