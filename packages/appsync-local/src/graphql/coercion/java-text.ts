import { JsonNumber } from './json-number.ts';

/** The Java class that AppSync holds a value as: `Expected type 'Int' but was 'Boolean'.` */
export function javaTypeOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? wholeTypeOf(value) : 'Double';
    default:
      if (value instanceof JsonNumber) {
        return value.isWhole ? wholeTypeOf(value.value) : 'Double';
      }
      return Array.isArray(value) ? 'ArrayList' : 'LinkedHashMap';
  }
}

function wholeTypeOf(value: number): string {
  if ((value | 0) === value) {
    return 'Integer';
  }
  return Math.abs(value) < 2 ** 63 ? 'Long' : 'BigInteger';
}

/** A value as Java prints it: a map becomes `{a=1, b=[x]}` (observed on AWS for String fields). */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(javaText).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null && !(value instanceof JsonNumber)) {
    const members = Object.entries(value).map(([name, member]) => `${name}=${javaText(member)}`);
    return `{${members.join(', ')}}`;
  }
  return String(value);
}
