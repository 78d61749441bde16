/** DynamoDB, "Quotas": length of a partition key value, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 2048;

/** DynamoDB, "Quotas": an item with its attribute names, in bytes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** DynamoDB, "Quotas": actions of one TransactWriteItems. */
export const MAX_ACTIONS = 100;

/** DynamoDB, "Naming rules and data types": a number other than 0 measures at least this, sign aside. */
export const SMALLEST_NUMBER = 1e-130;

/**
 * AWSJSON reaches the function as doubles, and of a whole number beyond 2^53 - 1 nobody can tell here whether it still is
 * what the client sent. The resolvers draw the same line (`resolvers/shared/kept-number.ts`).
 */
export const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
