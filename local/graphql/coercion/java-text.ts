/** The class that AppSync, which runs on Java, holds a value as: `Expected type 'Int' but was 'Boolean'.` */
export function javaTypeOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? wholeTypeOf(value) : 'Double';
    default:
      return Array.isArray(value) ? 'ArrayList' : 'LinkedHashMap';
  }
}

const wholeTypeOf = (value: number): string => {
  if (value === Math.trunc(value) && Math.abs(value) < 2 ** 31) {
    return 'Integer';
  }
  return Number.isSafeInteger(value) ? 'Long' : 'BigInteger';
};

/** A value as Java prints it: a map becomes `{a=1, b=[x]}` (observed on AWS for String fields). */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(javaText).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${name}=${javaText(member)}`);
    return `{${members.join(', ')}}`;
  }
  return String(value);
}
