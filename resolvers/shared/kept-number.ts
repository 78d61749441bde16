/**
 * 2^53 - 1. AppSync parses AWSJSON before a resolver sees it, into doubles; of a larger whole number nobody can tell
 * here whether it still is what the client sent.
 */
export const LARGEST = 9007199254740991;
/** DynamoDB keeps no number nearer to 0 (Developer Guide, "Supported data types and naming rules in Amazon DynamoDB"). */
const SMALLEST = 1e-130;

/** False for a number that may be another one than the client sent, or than DynamoDB can hold. */
export function isKept(number: number): boolean {
  return number <= LARGEST && number >= -LARGEST && !isTooSmall(number);
}

export function isTooSmall(number: number): boolean {
  return number !== 0 && number < SMALLEST && number > -SMALLEST;
}
