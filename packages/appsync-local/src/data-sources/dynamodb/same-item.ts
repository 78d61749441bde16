import type { WireMap, WireValue } from './typed-values.ts';

/** Whether two items are equal in DynamoDB: sets have no order, and 1.50 equals 1.5. */
export function sameItem(a: WireMap, b: WireMap, ignore: ReadonlySet<string> = new Set()): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) {
    if (!ignore.has(name) && !sameValue(a[name], b[name])) {
      return false;
    }
  }
  return true;
}

/** Two values have the same canonical text if and only if they are equal. */
export function canonicalText(value: WireValue): string {
  return JSON.stringify(canonical(value));
}

const sameValue = (a: WireValue | undefined, b: WireValue | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b);

function canonical(value: WireValue): unknown {
  if ('N' in value) {
    return { N: canonicalNumber(value.N) };
  }
  if ('NS' in value) {
    return { NS: value.NS.map(canonicalNumber).sort() };
  }
  if ('SS' in value) {
    return { SS: [...value.SS].sort() };
  }
  if ('BS' in value) {
    return { BS: [...value.BS].sort() };
  }
  if ('L' in value) {
    return { L: value.L.map(canonical) };
  }
  if ('M' in value) {
    return { M: canonicalEntries(value.M) };
  }
  return value;
}

const canonicalEntries = (map: WireMap): unknown =>
  Object.keys(map)
    .sort()
    .map((name) => [name, canonical(map[name] as WireValue)]);

/**
 * Rewrites `-0012.500e2` as `-125e1`: DynamoDB's numbers have 38 digits, more than a JavaScript number, so their texts are
 * compared. Returns a text that is not a number unchanged, for DynamoDB to refuse.
 */
export function canonicalNumber(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) {
    return text;
  }
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') {
    return '0';
  }
  const significant = digits.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}
