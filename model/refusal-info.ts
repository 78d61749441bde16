import type { RefusalCode, RefusalType } from './refusal-codes.ts';

/*
 * What `errorInfo` holds besides `code` and `retryable`. Types only: resolvers and the Lambda function are held to them, and front ends get
 * them as they stand here.
 */

/** The versions of a write. */
export interface Versions {
  /** Null where the input had none. */
  expectedVersion: number | null;
  /** 0 where there is no live item. */
  currentVersion: number;
}

// part: validated-items
/** One way in which a payload breaks the rules of its kind. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the value at fault, or to the member that is missing or too many. */
  path: string;
  /** The JSON Schema keyword, the code rule, `x-unique` or `x-references`. */
  rule: string;
  /** For people: `must be one of EUR, USD, not "EURO"`. */
  message: string;
}
// end: validated-items

/** What every error of a type has. */
export interface InfoOfType {
  BadRequest: {
    /** The argument or input member at fault. */
    field: string;
    /** JSON Pointer (RFC 6901) to the value at fault inside the payload. */
    path?: string;
  };
  // part: validated-items
  ValidationFailed: {
    /** Of all violations, however few of them are listed. */
    count: number;
    violations: readonly Violation[];
  };
  // end: validated-items
  NotFound: {
    /** The id that no item has. */
    id: string;
  };
  Conflict: Versions;
  Unauthorized: unknown;
  Throttled: {
    /** Wait so many milliseconds. */
    retryAfterMs: number;
  };
  InternalError: {
    /** Leads to the cause in the log. */
    requestId: string;
  };
}

/** What the errors of one code have besides. */
export interface InfoOfCode {
  answer_too_large: {
    /** How many of the items asked for fit into one answer. */
    fits: number;
  };
  // part: validated-items
  unique_taken: { violations: readonly Violation[] };
  referenced: {
    /** How many items refer to it. */
    referrers: number;
  };
  // end: validated-items
}

/** The codes whose errors have no more than all of their type. */
export type PlainCode<Type extends RefusalType> = Exclude<RefusalCode<Type>, keyof InfoOfCode>;

/** `errorInfo` of a code, without `code` and `retryable`. */
export type InfoOf<Type extends RefusalType, Code extends RefusalCode<Type>> = InfoOfType[Type] &
  (Code extends keyof InfoOfCode ? InfoOfCode[Code] : unknown);
