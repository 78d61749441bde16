import { shown, Unfit } from './unfit.ts';

/** DynamoDB Developer Guide, "Supported data types and naming rules", "Number". */
const MAX_DIGITS = 38;
const SMALLEST_EXPONENT = -130;
const LARGEST_EXPONENT = 125;
/** The longest text that is written without an exponent; it fits every number of 38 digits that is whole or has a few decimals. */
const LONGEST_PLAIN = 40;

/** A whole number as most are written, which is its own canonical text. */
const PLAIN = /^(?:0|-?[1-9]\d{0,14})$/;
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/**
 * The canonical text of a number: `1.50`, `15e-1` and `1.5` are `1.5`. AWS, the embedded engine and other programs' files agree
 * on it, and it is valid JSON.
 *
 * @throws Unfit for a number that DynamoDB would refuse or round: more than 38 significant digits, or out of range
 */
export function canonicalNumber(text: string, pointer: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  const [, sign, whole = '', decimals = '', power = '0'] =
    DECIMAL.exec(text) ?? fail(pointer, `${shown(text)} is not a number`);
  const all = whole + decimals;
  const leading = /^0*/.exec(all)![0].length;
  const digits = all.slice(leading).replace(/0+$/, '');
  if (digits === '') {
    return '0';
  }
  if (digits.length > MAX_DIGITS) {
    fail(
      pointer,
      `number ${shown(text)} has ${digits.length} significant digits, DynamoDB keeps ${MAX_DIGITS}`,
    );
  }
  const exponent = whole.length - leading - 1 + Number(power);
  if (exponent < SMALLEST_EXPONENT || exponent > LARGEST_EXPONENT) {
    fail(pointer, `number ${shown(text)} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125`);
  }
  return (sign === '-' ? '-' : '') + written(digits, exponent);
}

/** `exponent` belongs to the first digit. */
function written(digits: string, exponent: number): string {
  const plain =
    exponent < 0
      ? `0.${'0'.repeat(Math.min(-exponent - 1, LONGEST_PLAIN))}${digits}`
      : exponent < LONGEST_PLAIN
        ? withPoint(digits.padEnd(exponent + 1, '0'), exponent + 1)
        : '';
  if (plain !== '' && plain.length <= LONGEST_PLAIN) {
    return plain;
  }
  return `${withPoint(digits, 1)}e${exponent}`;
}

const withPoint = (digits: string, at: number): string =>
  digits.length > at ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits;

/** Significant digits of a canonical number. */
export const digitsOf = (canonical: string): number =>
  canonical
    .replace(/e.*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;

function fail(pointer: string, message: string): never {
  throw new Unfit(`${pointer || 'the root'}: ${message}`);
}
