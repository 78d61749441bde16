/*
 * Limits that every door to the tables keeps alike: resolvers, Lambda functions, import and export. No import and no syntax that
 * APPSYNC_JS lacks, for resolvers bundle it.
 */

/**
 * Lists and maps inside each other in a payload. DynamoDB, "Quotas", says 32 levels and counts the value inside as one: AWS takes 31
 * maps around a value and refuses 32 (captured in eu-west-2, nubo-db/dynoxide issue 110). Whether AWS takes 32 with nothing in
 * the innermost is not recorded, so no door does. Payloads stand at the top of every row that holds one, in the log of changes too.
 */
export const MAX_NESTING = 31;
