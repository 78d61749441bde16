/** One way in which a payload breaks the rules of its kind. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the value at fault, or to the member that is missing or too many. */
  path: string;
  /** The JSON Schema keyword, the code rule, `x-unique` or `x-references`. */
  rule: string;
  /** For people: `must be one of EUR, USD, not "EURO"`. */
  message: string;
}
