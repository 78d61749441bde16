/*
 * Limits that every door to the tables keeps alike: resolvers, Lambda functions, import and export.
 */

/** DynamoDB, "Quotas": length of a partition key's value, in bytes of UTF-8. `id`, `owner`, `kind` and claims are keys. */
export const MAX_KEY_BYTES = 2048;

/** DynamoDB, "Quotas": an item with its attribute names, in bytes. */
export const MAX_ITEM_BYTES = 400 * 1024;

/** DynamoDB, "Quotas": actions of one TransactWriteItems. */
export const MAX_ACTIONS = 100;

/** Items of one `putItems`: a transaction without the action that its token may take. */
export const MAX_BATCH = MAX_ACTIONS - 1;

/** DynamoDB reads at most 100 keys in one BatchGetItem. */
export const MAX_IDS = 100;

/** Members that one `updateItem` merges. DynamoDB takes 300 operators in one expression and 4 KB of its text; 150 stay well within both. */
export const MAX_MERGED_MEMBERS = 150;

/**
 * Lists and maps inside each other in a payload. DynamoDB, "Quotas", says 32 levels and counts the value inside as one: AWS takes 31
 * maps around a value and refuses 32 (captured in eu-west-2, nubo-db/dynoxide#110). Whether AWS takes 32 with nothing in
 * the innermost is not recorded, so no door does. Payloads stand at the top of every row that holds one, in the log of changes too.
 */
export const MAX_NESTING = 31;

/** GraphQL specification, "Int": signed 32 bits. It is the type of `version`. */
export const MAX_INT = 2147483647;

/**
 * 2^53 - 1. AppSync parses AWSJSON into doubles before a resolver or a Lambda function sees it; of a larger whole number nobody can
 * tell there whether it still is what the client sent.
 */
export const LARGEST_NUMBER = 9007199254740991;

/** DynamoDB keeps no number nearer to 0 (Developer Guide, "Supported data types and naming rules in Amazon DynamoDB"). */
export const SMALLEST_NUMBER = 1e-130;

/**
 * The last second of the year 9999, in epoch seconds: the latest `expiresAt`. AWSTimestamp takes later ones, but times are
 * texts with a year of four digits elsewhere, and beyond 2^53 no component keeps them as they are.
 */
export const LATEST_EXPIRY = 253402300799;
/** As long before 1970. An expiry may lie in the past. */
export const EARLIEST_EXPIRY = -253402300799;

/** How long a client should wait before it tries again, in milliseconds; on-demand tables adapt within seconds. */
export const RETRY_AFTER_MS = 1000;
