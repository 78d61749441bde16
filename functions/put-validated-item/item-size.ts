import { utf8Bytes } from '../../model/plain/measure.ts';

/** For a list or map, regardless of its contents. */
const CONTAINER_BYTES = 3;
/** For each element of a list and each member of a map. */
const ENTRY_BYTES = 1;

/** About a byte per two significant digits, one more, and one for a minus sign. */
function numberBytes(value: number): number {
  const [digits = ''] = String(Math.abs(value)).split('e');
  const significant = digits.replace('.', '').replace(/^0+/, '').length;
  return Math.ceil(significant / 2) + 1 + (value < 0 ? 1 : 0);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') {
    return utf8Bytes(value);
  }
  if (typeof value === 'number') {
    return numberBytes(value);
  }
  if (typeof value !== 'object' || value === null) {
    return 1;
  }
  const entries = Array.isArray(value) ? value.map(valueBytes) : Object.entries(value).map(attributeBytes);
  return entries.reduce((sum, bytes) => sum + bytes + ENTRY_BYTES, CONTAINER_BYTES);
}

const attributeBytes = ([name, value]: [string, unknown]): number => utf8Bytes(name) + valueBytes(value);

/** Bytes that an item takes in DynamoDB (Developer Guide, "DynamoDB item sizes and formats"; numbers are approximate there too). */
export const itemBytes = (item: object): number =>
  Object.entries(item)
    .filter(([, value]) => value !== undefined)
    .reduce((sum, attribute) => sum + attributeBytes(attribute), 0);
