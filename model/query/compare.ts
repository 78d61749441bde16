import { canonicalJson } from '../plain/canonical-json.ts';

/** Whether two values from JSON are the same to DynamoDB: the order of an object's members means nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && canonicalJson(one) === canonicalJson(other));
}

/**
 * The order of two values that have one to DynamoDB: numbers, and texts by the bytes of their UTF-8 (DynamoDB developer guide, "Comparison
 * operator and function reference").
 *
 * @returns negative, 0 or positive; null: two numbers or two texts have an order, nothing else
 */
export function order(one: unknown, other: unknown): number | null {
  if (typeof one === 'number' && typeof other === 'number') {
    return one - other;
  }
  return typeof one === 'string' && typeof other === 'string' ? textOrder(one, other) : null;
}

/** UTF-8 sorts by code points. UTF-16, which `<` compares, has those above U+FFFF before U+E000. */
function textOrder(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (a !== b) {
      return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
    }
  }
  return one.length - other.length;
}

/** Half of a code point above U+FFFF. Whatever differs from it is below that, but for another half. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** Where values of different types stand in a sorted list; within lists, objects and what is missing there is no order. */
function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'undefined':
      return 0;
    case 'boolean':
      return value ? 3 : 2;
    case 'number':
      return 4;
    case 'string':
      return 5;
    default:
      return value === null ? 1 : 6;
  }
}

/** The order of any two values, for sorting: missing, null, false, true, numbers, texts, lists and objects. */
export function totalOrder(one: unknown, other: unknown): number {
  return order(one, other) ?? rankOf(one) - rankOf(other);
}
