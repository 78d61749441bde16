import { expect, test } from 'vitest';
import { gtin } from '../../../../../model/kinds/rules/gtin.ts';

test.each([
  ['GTIN-13', '4006381333931'],
  ['GTIN-13, sum already a multiple of ten', '9780201379624'],
  ['GTIN-12', '036000291452'],
  ['GTIN-8', '96385074'],
  ['GTIN-14', '00012345600012'],
])('accepts a %s', (_, value) => {
  expect(gtin(value)).toBeNull();
});

test('refuses every other last digit', () => {
  const wrong = [...'023456789'].map((digit) => gtin(`400638133393${digit}`));

  expect(wrong).toEqual(
    [...'023456789'].map((digit) => `must end in the check digit 1, not "400638133393${digit}"`),
  );
});

test('refuses two neighbours swapped', () => {
  expect(gtin('4003681333931')).not.toBeNull();
});

test.each([[4006381333931], [null], [''], ['400638133393'.slice(1)], ['400638133393x']])(
  'leaves %j to the schema',
  (value) => {
    expect(gtin(value)).toBeNull();
  },
);
