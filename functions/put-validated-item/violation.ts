/** One way in which a payload breaks the rules of its kind. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the value at fault, or to the member that is missing or too many. */
  path: string;
  /** The JSON Schema keyword, the code rule, `x-unique` or `x-references`. */
  rule: string;
  /** For people: `must be one of EUR, USD, not "EURO"`. */
  message: string;
}

/** Longer values would bury the message they are to explain, in characters of JSON. */
const LONGEST_SHOWN = 60;

/** The value as JSON when it is short enough to help in a message, else null. */
export function shown(value: unknown): string | null {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined || text.length > LONGEST_SHOWN ? null : text;
}
