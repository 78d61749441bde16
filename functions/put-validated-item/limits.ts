/** DynamoDB, "Quotas": length of a partition key value, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 2048;

/** DynamoDB, "Quotas": an item with its attribute names, in bytes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/**
 * Lists and maps inside each other. DynamoDB, "Quotas", says 32 levels and counts the value inside as one: AWS takes 31 maps around
 * a value and refuses 32 (captured in eu-west-2, nubo-db/dynoxide issue 110).
 */
export const MAX_NESTING = 31;

/** DynamoDB, "Quotas": actions of one TransactWriteItems. */
export const MAX_ACTIONS = 100;

/** DynamoDB, "Naming rules and data types": a number other than 0 measures at least this, sign aside. */
export const SMALLEST_NUMBER = 1e-130;

/** … and less than this (its 9.99…e+125 has more digits than a JSON number keeps here). */
export const NUMBER_BOUND = 1e126;

export const utf8Bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
