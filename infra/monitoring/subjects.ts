import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { CfnGlobalTable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { SubjectKind } from './alarm-rules.ts';

/** One thing that CloudWatch has metrics of. */
export interface Subject {
  /** In names of alarms and in titles: `items/byOwner`. Empty for what a stage has once. */
  name: string;
  dimensions: Record<string, string>;
}

export type Subjects = Readonly<Record<SubjectKind, Subject[]>>;

/** The resources of a stage that are watched, by their names. */
export interface Watched {
  api: GraphqlApi;
  tables: Record<string, TableV2>;
  functions: Record<string, IFunction>;

  // part: change-feed
  publisher: IFunction;
  deadLetters: IQueue;
  // end: change-feed
}

export const subjectsOf = (watched: Watched): Subjects => ({
  api: [{ name: '', dimensions: { GraphQLAPIId: watched.api.apiId } }],
  table: Object.entries(watched.tables).flatMap(([name, table]) => tableAndIndexes(name, table)),
  function: Object.entries(watched.functions).map(([name, lambda]) => ({ ...functionOf(lambda), name })),

  // part: change-feed
  publisher: [functionOf(watched.publisher)],
  deadLetters: [{ name: '', dimensions: { QueueName: watched.deadLetters.queueName } }],
  // end: change-feed
});

const functionOf = ({ functionName }: IFunction): Subject => ({
  name: '',
  dimensions: { FunctionName: functionName },
});

/** DynamoDB counts throttled requests of a table and of each index apart. */
function tableAndIndexes(name: string, table: TableV2): Subject[] {
  const { globalSecondaryIndexes } = table.node.defaultChild as CfnGlobalTable;
  const indexes = (table.stack.resolve(globalSecondaryIndexes) ?? []) as { indexName: string }[];
  const dimensions = { TableName: table.tableName };
  return [
    { name, dimensions },
    ...indexes.map(({ indexName }) => ({
      name: `${name}/${indexName}`,
      dimensions: { ...dimensions, GlobalSecondaryIndexName: indexName },
    })),
  ];
}
