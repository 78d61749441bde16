/**
 * What code may import at run time, and the names each module exports (@aws-appsync/utils 2.1.1; `sync` of the DynamoDB module is
 * declared there and refused on upload: localstack/appsync-utils, index.test.js).
 */
export const MODULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['@aws-appsync/utils', ['util', 'extensions', 'runtime']],
  [
    '@aws-appsync/utils/dynamodb',
    [
      'get',
      'put',
      'update',
      'remove',
      'query',
      'scan',
      'batchGet',
      'batchPut',
      'batchDelete',
      'transactGet',
      'transactWrite',
      'operations',
      'toStringSet',
      'toNumberSet',
      'toBinarySet',
    ],
  ],
  [
    '@aws-appsync/utils/rds',
    [
      'select',
      'insert',
      'update',
      'remove',
      'createPgStatement',
      'createMySQLStatement',
      'sql',
      'toJsonObject',
      'typeHint',
      'agg',
    ],
  ],
  ['@aws-appsync/utils/ai', ['invokeModel', 'converse']],
]);
