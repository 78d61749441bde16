/**
 * A number in a request's JSON that JavaScript would write differently from the client, such as `1234567890123456789`, `1e400`
 * or `5.0`. AppSync, which runs on Java, holds whole numbers of any length and distinguishes whole numbers from fractions.
 */
export class JsonNumber {
  /** The client's own notation, in JSON's grammar. */
  readonly written: string;

  constructor(written: string) {
    this.written = written;
  }

  /** The nearest double: infinite for `1e400`, never `-0`. */
  get value(): number {
    return Number(this.written) + 0;
  }

  /** True for an integer in Java's sense: neither a point nor an exponent. */
  get isWhole(): boolean {
    return /^-?\d+$/.test(this.written);
  }

  /** Every digit, in the notation of Java's BigInteger and BigDecimal: `1234567890123456789`, `1E+400`, `5.0`. */
  toString(): string {
    const { negative, digits, scale } = decimalOf(this.written);
    const sign = negative && digits !== '0' ? '-' : '';
    const exponent = digits.length - 1 - scale;
    if (scale >= 0 && exponent >= -6) {
      return sign + withPoint(digits, scale);
    }
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}E${exponent < 0 ? '' : '+'}${exponent}`;
  }
}

/** `-12.50` is 1250 with scale 2, `5e3` is 5 with scale -3. */
function decimalOf(text: string): { negative: boolean; digits: string; scale: number } {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  return {
    negative: sign === '-',
    digits: (whole + fraction).replace(/^0+(?=\d)/, ''),
    scale: fraction.length - Number(exponent),
  };
}

function withPoint(digits: string, scale: number): string {
  if (scale === 0) {
    return digits;
  }
  const padded = digits.padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** Whether a decimal text denotes a whole number in any notation: `5`, `5.0`, `5e3`, but not `5.5` or `5e-1`. */
export function isWholeDecimal(text: string): boolean {
  const { digits, scale } = decimalOf(text);
  const zeros = /0*$/.exec(digits)![0].length;
  return digits === '0' || scale - zeros <= 0;
}

/** Whether a decimal text denotes zero; `1e-400` does not, though its nearest double is zero. */
export const isZeroDecimal = (text: string): boolean => decimalOf(text).digits === '0';
