/** A place where AppSync was seen to accept more, or less, than the published types of @aws-appsync/utils 2.1.1 declare. */
export interface Correction {
  /** Relative to the package's folder. */
  file: string;
  /** Occurs exactly once in the file. */
  published: string;
  corrected: string;
}

/** The samples named here are from aws-samples/aws-appsync-resolver-samples, which AWS publishes as working. */
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
    // samples/http/translate.js returns the result where `@returns {string}` is promised.
    file: 'lib/index.d.ts',
    published: 'appendError(msg: string, errorType?: string, data?: any, errorInfo?: any): void;',
    corrected: 'appendError(msg: string, errorType?: string, data?: any, errorInfo?: any): any;',
  },
  {
    // samples/dynamodb/queries/with-greater-than.js passes a condition beside the query.
    file: 'lib/dynamodb-helpers.d.ts',
    published: 'query: DynamoDBKeyCondition<Required<T>>;\n}',
    corrected: 'query: DynamoDBKeyCondition<Required<T>>;\n    [other: string]: any;\n}',
  },
  {
    // Rules on fields that the filter lacks, and calls without arguments or with a string, were evaluated on AWS
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
 * AppSync accepted calls of the RDS module with missing and wrong arguments at upload, then refused them at run time
 * (localstack/appsync-utils v0.1.5, resolvers.test.js, "input validation").
 */
function anyArguments(name: string, parameters: string): Correction {
  return {
    file: 'lib/rds-helpers.d.ts',
    published: `export declare function ${name}(${parameters})`,
    corrected: `export declare function ${name}(...given: any[])`,
  };
}

/**
 * JavaScript code cannot give `ddb.update` and the like the type of an item, so TypeScript infers it from the other arguments,
 * or from nothing. It would then refuse an attribute that occurs only in the key or in a condition.
 */
function untyped(file: string, name: string): Correction {
  return {
    file,
    published: `type ${name}<T = unknown> = `,
    corrected: `type ${name}<T = unknown> = any;\ntype Published${name}<T = unknown> = `,
  };
}
