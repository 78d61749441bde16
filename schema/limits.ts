/*
 * Limits that every door to the tables keeps alike: resolvers, Lambda functions, import and export. No import and no syntax that
 * APPSYNC_JS lacks, for resolvers bundle it.
 */

/**
 * Lists and maps inside each other in a payload. DynamoDB, "Quotas", says 32 levels and counts the value inside as one: AWS takes 31
 * maps around a value and refuses 32 (captured in eu-west-2, nubo-db/dynoxide#110). Whether AWS takes 32 with nothing in
 * the innermost is not recorded, so no door does. Payloads stand at the top of every row that holds one, in the log of changes too.
 */
export const MAX_NESTING = 31;

/** GraphQL specification, "Int": signed 32 bits. It is the type of `version`. */
export const MAX_INT = 2147483647;

/**
 * The last second of the year 9999, in epoch seconds: the latest `expiresAt`. Of later ones AWSTimestamp takes many, but times are
 * texts with a year of four digits elsewhere, and beyond 2^53 no component keeps them as they are.
 */
export const LATEST_EXPIRY = 253402300799;
/** As long before 1970. An expiry may lie in the past. */
export const EARLIEST_EXPIRY = -253402300799;

/** Why an item cannot expire at a time in epoch seconds; null when it can. */
export function expiryProblem(expiresAt: number): string | null {
  if (expiresAt >= EARLIEST_EXPIRY && expiresAt <= LATEST_EXPIRY) {
    return null;
  }
  const inSeconds = Math.floor(expiresAt / 1000);
  return inSeconds > 0 && inSeconds <= LATEST_EXPIRY
    ? `expiresAt ${expiresAt} looks like milliseconds; in seconds since 1970, as it must be, it is ${inSeconds}`
    : `expiresAt ${expiresAt} is out of range; it counts seconds since 1970, up to ${LATEST_EXPIRY}, the end of the year 9999`;
}
