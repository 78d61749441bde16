import { expect, test } from 'vitest';
import { median, quantile, ratioOf, spread } from '../../../../bench/harness/statistics.ts';

test('the median of an even number is between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
});

test('a ratio is that of the same round, so a machine that slows down slows both', () => {
  expect(ratioOf([2, 20, 200], [1, 10, 100])).toBe(2);
  expect(median([2, 20, 200]) / median([1, 10, 100])).toBe(2);
  expect(ratioOf([2, 200, 20], [1, 100, 5])).toBe(2);
});

test('a spread is a share of the median', () => {
  expect(spread([90, 100, 110, 100, 100])).toBe(0);
  expect(spread([50, 100, 150])).toBe(0.5);
});
