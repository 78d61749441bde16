import { Duration } from 'aws-cdk-lib';
import type { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { ItemsData } from './items-data.ts';
import type { Limits } from './stage.ts';
import { TypeScriptFunction } from './typescript-function.ts';

/** A Lambda function that resolves fields. */
export interface LambdaSource {
  /** Folder below `functions/` with a `handler.ts` that exports `handler`. */
  folder: string;
  /** Below the 30 seconds that AppSync gives a request. */
  timeoutSeconds: number;
  /** In MB; CPU grows with it (one vCPU at 1,769 MB). */
  memorySize: number;
  /** Actions of DynamoDB that its code sends, by table. The name of each table that stands here is in its environment: `ITEMS_TABLE`. */
  tables: Partial<Record<keyof ItemsData['tables'], string[]>>;
}

/** The Lambda functions that resolve fields, by the names of their data sources, which rows of `routes.ts` use. */
export const lambdaSources = {
  // part: validated-items
  PutValidatedItem: {
    folder: 'put-validated-item',
    timeoutSeconds: 15,
    memorySize: 512,
    tables: {
      items: ['GetItem', 'PutItem', 'UpdateItem', 'ConditionCheckItem'],
      constraints: ['PutItem', 'UpdateItem', 'DeleteItem'],
    },
  },
  // end: validated-items
} satisfies Record<string, LambdaSource>;

export type LambdaSourceName = keyof typeof lambdaSources;

export type LambdaSourceFunctions = Record<LambdaSourceName, TypeScriptFunction>;

/** Where they are deployed. */
export interface LambdaSourcesProps {
  /** The logs outlive the stack. */
  production: boolean;
  limits: Limits;
  architecture: Architecture;
  data: ItemsData;
}

/** Creates all of them, each with a role that may do what its row says and nothing else. */
export function lambdaSourceFunctions(scope: Construct, props: LambdaSourcesProps): LambdaSourceFunctions {
  return Object.fromEntries(
    Object.entries<LambdaSource>(lambdaSources).map(([name, source]) => [
      name,
      createFunction(scope, name, source, props),
    ]),
  ) as LambdaSourceFunctions;
}

function createFunction(
  scope: Construct,
  name: string,
  { folder, timeoutSeconds, memorySize, tables }: LambdaSource,
  { production, limits, architecture, data }: LambdaSourcesProps,
): TypeScriptFunction {
  const used = Object.entries(tables).map(
    ([table, actions]) => [table, data.tables[table as keyof typeof tables], actions] as const,
  );
  const lambda = new TypeScriptFunction(scope, name, {
    folder,
    production,
    architecture,
    environment: Object.fromEntries(
      used.map(([table, { tableName }]) => [`${table.toUpperCase()}_TABLE`, tableName]),
    ),
    timeout: Duration.seconds(timeoutSeconds),
    memorySize,
    ...(limits.concurrency !== undefined && { reservedConcurrency: limits.concurrency }),
  });
  for (const [, { tableArn }, actions] of used) {
    allow(
      lambda.role,
      actions.map((action) => `dynamodb:${action}`),
      tableArn,
    );
  }
  return lambda;
}
