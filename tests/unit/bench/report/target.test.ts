import { expect, test } from 'vitest';
import { isMet } from '../../../../bench/report/target.ts';

test.each([
  [{ ratio: 1.6, atMost: 1.6 }, true],
  [{ ratio: 1.61, atMost: 1.6 }, false],
  [{ ratio: 4, atLeast: 4 }, true],
  [{ ratio: 3.99, atLeast: 4 }, false],
  [{ ratio: NaN, atMost: 1.6 }, false],
])('%j is met: %s', (target, met) => {
  expect(isMet({ name: 'a ratio', ...target })).toBe(met);
});
