import { expect, it } from 'vitest';
import { CHUNK, chunksOf, countTo } from '../../../model/chunks.ts';

it('counts without a loop of more than a thousand rounds', () => {
  expect(countTo(0)).toEqual([]);
  expect(countTo(CHUNK)).toEqual(Array.from({ length: CHUNK }, (_, number) => number));
});

it.each([0, 1, 1000, 1001, 2500, 1_000_000])('loses none of %d elements', (length) => {
  const list = Array.from({ length }, (_, number) => number);
  const chunks = chunksOf(list);

  expect(Math.max(chunks.length, ...chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(CHUNK);
  expect(chunks.flat()).toEqual(list);
});
