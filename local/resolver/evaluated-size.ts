/** AppSync quota: bytes of what one handler returns (AWS General Reference, "Evaluated resolver template size"; facts 9.12). */
const LARGEST_BYTES = 5 * 1024 * 1024;

/** UTF-8 takes at most three bytes for one of a string's characters, and JSON six for a control character. */
const MOST_BYTES_PER_CHARACTER = 6;

/** Whether a value is larger than AppSync lets a handler return. Small values, nearly all, are not rendered for it. */
export function isTooLarge(value: unknown, limit = LARGEST_BYTES): boolean {
  if (atMost(value, limit) <= limit) return false;
  return Buffer.byteLength(JSON.stringify(value)) > limit;
}

/** No fewer bytes than the value has as JSON; stops counting once there are more than `limit`. */
function atMost(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length * MOST_BYTES_PER_CHARACTER + 2;
  if (typeof value !== 'object' || value === null) return 25;
  let bytes = 2;
  for (const name of Object.keys(value)) {
    bytes +=
      name.length * MOST_BYTES_PER_CHARACTER + 4 + atMost((value as Record<string, unknown>)[name], limit);
    if (bytes > limit) break;
  }
  return bytes;
}
