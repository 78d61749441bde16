/** AppSync quota: bytes of an evaluated request or response (AWS General Reference, AppSync quotas). */
export const MAX_EVALUATED_BYTES = 5 * 1024 * 1024;

/** The longest that one UTF-16 unit becomes in JSON: `\\u0000`. */
const LONGEST_ESCAPE = 6;

/** Whether a JSON value, as text, is over the quota. Values far below it, nearly all, are not made text for this. */
export function isOverQuota(value: unknown): boolean {
  return (
    unitsOf(value) * LONGEST_ESCAPE > MAX_EVALUATED_BYTES &&
    Buffer.byteLength(JSON.stringify(value)) > MAX_EVALUATED_BYTES
  );
}

/** No less than the UTF-16 units of a value's text before escaping. */
function unitsOf(value: unknown): number {
  if (typeof value === 'string') {
    return value.length + 2;
  }
  if (typeof value !== 'object' || value === null) {
    // The longest number has 25 characters, as `-1.2345678901234567e-300` and a comma.
    return 25;
  }
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + unitsOf(element) + 1, 2);
  }
  let sum = 2;
  for (const name of Object.keys(value)) {
    sum += name.length + 4 + unitsOf((value as Record<string, unknown>)[name]);
  }
  return sum;
}
