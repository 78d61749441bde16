import type { Rule } from './rule.ts';

/** GTIN-8, GTIN-12, GTIN-13 and GTIN-14. Anything else is for the schema to refuse. */
const GTIN = /^(?:\d{8}|\d{12,14})$/;

/** GS1 General Specifications 7.9: weights 3, 1, 3, … from the right, up to the next multiple of ten. */
function checkDigit(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10;
}

/** The last digit of a GTIN must be its check digit (GS1 General Specifications 7.9). */
export const gtin: Rule = (value) => {
  if (typeof value !== 'string' || !GTIN.test(value)) {
    return null;
  }
  const expected = checkDigit(value.slice(0, -1));
  return value.endsWith(String(expected)) ? null : `must end in the check digit ${expected}, not "${value}"`;
};
