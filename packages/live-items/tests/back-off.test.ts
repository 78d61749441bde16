import { expect, it } from 'vitest';
import { backOff } from '../src/back-off.ts';

it('doubles the longest wait with every attempt, up to the cap', () => {
  const longest = [0, 1, 2, 5, 6, 60].map((attempt) => backOff(attempt, undefined, () => 1));

  expect(longest).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000]);
});

it('waits any part of that', () => {
  expect(backOff(1, { baseMs: 10, capMs: 100 }, () => 0)).toBe(0);
  expect(backOff(1, { baseMs: 10, capMs: 100 }, () => 0.25)).toBe(5);
});
