/** Where AppSync was seen to take more, or less, than the published types of @aws-appsync/utils 2.1.1 say. */
export interface Correction {
  /** Below the package's folder. */
  file: string;
  /** Stands exactly once in the file. */
  published: string;
  corrected: string;
}

/** The samples named here are those of aws-samples/aws-appsync-resolver-samples, which AWS publishes as working. */
export const CORRECTIONS: readonly Correction[] = [
  {
    // `@returns {import('@aws-appsync/utils').HTTPRequest}` in samples/http/*.js.
    file: 'lib/resolver-return-types.d.ts',
    published: 'HTTPRequest<T extends string | Record<string, unknown>>',
    corrected: 'HTTPRequest<T extends string | Record<string, unknown> = any>',
  },
  {
    // samples/dynamodb/batch/batchDeleteItems.js gives each table `{ keys }`.
    file: 'lib/resolver-return-types.d.ts',
    published: "operation: 'BatchDeleteItem';\n    tables: {\n        [tableName: string]: Key[];",
    corrected:
      "operation: 'BatchDeleteItem';\n    tables: {\n        [tableName: string]: Key[] | { keys: Key[] };",
  },
  {
    // samples/http/translate.js returns what it gives where `@returns {string}` is promised.
    file: 'lib/index.d.ts',
    published: 'appendError(msg: string, errorType?: string, data?: any, errorInfo?: any): void;',
    corrected: 'appendError(msg: string, errorType?: string, data?: any, errorInfo?: any): any;',
  },
  {
    // samples/dynamodb/queries/with-greater-than.js has a condition beside the query.
    file: 'lib/dynamodb-helpers.d.ts',
    published: 'query: DynamoDBKeyCondition<Required<T>>;\n}',
    corrected: 'query: DynamoDBKeyCondition<Required<T>>;\n    [other: string]: any;\n}',
  },
  {
    // Rules on other fields than the filter's, and calls with nothing or with text, were evaluated on AWS
    // (localstack/appsync-utils, transform-subscription.test.js.snap).
    file: 'lib/transform-utils.d.ts',
    published:
      'toSubscriptionFilter<T = Record<string, any>>(obj: SubscriptionFilterObject<T>, ignoredFields?: SubscriptionFilterExcludeKeysType<T>, rules?: SubscriptionFilterRuleObject<T>)',
    corrected: 'toSubscriptionFilter(obj?: any, ignoredFields?: any, rules?: any)',
  },
  anyArguments('select<T = unknown>', 'payload: SelectPayload<T>'),
  anyArguments('insert<T = unknown>', 'payload: InsertPayload<T>'),
  anyArguments('update<T = unknown>', 'payload: UpdatePayload<T>'),
  anyArguments('remove<T = unknown>', 'payload: RemovePayload<T>'),
  anyArguments('createPgStatement', 'statement1: Statement, statement2?: Statement | null'),
  anyArguments('createMySQLStatement', 'statement1: Statement, statement2?: Statement | null'),
  anyArguments('sql', 'literal: TemplateStringsArray, ...args: any[]'),
  anyArguments('toJsonObject', 'data: string | RDSResponse'),
  // samples/dynamodb/general/updateItem.js, queries/with-filter-on-index.js.
  untyped('lib/transform-utils.d.ts', 'DynamoDBFilterObject'),
  untyped('lib/dynamodb-helpers.d.ts', 'DynamoDBKey'),
  untyped('lib/dynamodb-helpers.d.ts', 'DynamoDBKeyCondition'),
  untyped('lib/dynamodb-helpers.d.ts', 'DynamoDBUpdateObject'),
  {
    // "Property 'sync' does not exist on type 'typeof import(…)'" (recorded in localstack/appsync-utils, index.test.js).
    file: 'lib/dynamodb-helpers.d.ts',
    published: 'export declare function sync<T>(payload: DynamoDBSyncInput<T>): DynamoDBSyncRequest;',
    corrected: '',
  },
];

/**
 * Calls of the RDS module with missing and with wrong arguments were taken and then refused at run time (localstack/appsync-utils
 * v0.1.5, resolvers.test.js, "input validation").
 */
function anyArguments(name: string, parameters: string): Correction {
  return {
    file: 'lib/rds-helpers.d.ts',
    published: `export declare function ${name}(${parameters})`,
    corrected: `export declare function ${name}(...given: any[])`,
  };
}

/**
 * In JavaScript nobody gives `ddb.update` and its like the type of an item, so TypeScript makes it of what else is passed, or of
 * nothing. An attribute that is only in the key or in a condition would then be refused.
 */
function untyped(file: string, name: string): Correction {
  return {
    file,
    published: `type ${name}<T = unknown> = `,
    corrected: `type ${name}<T = unknown> = any;\ntype Published${name}<T = unknown> = `,
  };
}
