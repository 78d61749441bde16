import { expect, test } from 'vitest';
import { numberText } from '../../../../bench/report/number.ts';

test.each([
  [1320, '1,320'],
  [24.7123, '24.7'],
  [0.8512, '0.851'],
  [0, '0'],
  [NaN, '–'],
])('%d is written with three digits', (value, text) => {
  expect(numberText(value)).toBe(text);
});
