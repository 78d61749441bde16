import {
  BackedDataSource,
  type BaseDataSource,
  type GraphqlApi,
  NoneDataSource,
} from 'aws-cdk-lib/aws-appsync';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { ItemsData } from './items-data.ts';
import type { LambdaSourceFunctions, LambdaSourceName } from './lambda-sources.ts';
import type { DataSourceName } from './routes.ts';
import type { TypeScriptFunction } from './typescript-function.ts';

/** The tables and functions of the data sources. */
export interface DataSourcesProps {
  data: ItemsData;
  lambdas: LambdaSourceFunctions;
}

/** A data source whose role has only the permissions granted here. */
class GrantedDataSource extends BackedDataSource {}

/** The API's data sources by name. Grant new actions and indexes of resolvers here. */
export function dataSources(
  scope: Construct,
  api: GraphqlApi,
  { data, lambdas }: DataSourcesProps,
): Record<DataSourceName, BaseDataSource> {
  return {
    Items: itemsSource(scope, api, data),
    Changes: changesSource(scope, api, data), // part: change-feed
    ...lambdaSourcesOf(scope, api, lambdas),
    None: new NoneDataSource(scope, 'NoneSource', { api, name: 'None' }),
  };
}

function itemsSource(scope: Construct, api: GraphqlApi, { items, constraints }: ItemsData): BaseDataSource {
  const source = new GrantedDataSource(
    scope,
    'ItemsSource',
    { api, name: 'Items' },
    {
      type: 'AMAZON_DYNAMODB',
      dynamoDbConfig: { tableName: items.tableName, awsRegion: items.stack.region },
    },
  );
  const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Scan'];
  const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
  allow(source, [...reads, ...writes], items.tableArn);
  allow(
    source,
    ['dynamodb:Query'],
    `${items.tableArn}/index/byOwner`,
    `${items.tableArn}/index/byKind`, // part: validated-items
  );
  allow(source, ['dynamodb:BatchGetItem', 'dynamodb:PutItem'], constraints.tableArn);
  allow(source, ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], constraints.tableArn); // part: validated-items
  return source;
}

// part: change-feed
function changesSource(scope: Construct, api: GraphqlApi, { changes }: ItemsData): BaseDataSource {
  const source = new GrantedDataSource(
    scope,
    'ChangesSource',
    { api, name: 'Changes' },
    {
      type: 'AMAZON_DYNAMODB',
      dynamoDbConfig: { tableName: changes.tableName, awsRegion: changes.stack.region },
    },
  );
  allow(source, ['dynamodb:Query'], changes.tableArn);
  return source;
}
// end: change-feed

function lambdaSourcesOf(
  scope: Construct,
  api: GraphqlApi,
  lambdas: LambdaSourceFunctions,
): Record<LambdaSourceName, BaseDataSource> {
  return Object.fromEntries(
    Object.entries<TypeScriptFunction>(lambdas).map(([name, lambda]) => [
      name,
      lambdaSource(scope, api, name, lambda.function),
    ]),
  ) as Record<LambdaSourceName, BaseDataSource>;
}

function lambdaSource(
  scope: Construct,
  api: GraphqlApi,
  name: string,
  { functionArn }: LambdaFunction,
): BaseDataSource {
  const source = new GrantedDataSource(
    scope,
    `${name}Source`,
    { api, name },
    { type: 'AWS_LAMBDA', lambdaConfig: { lambdaFunctionArn: functionArn } },
  );
  allow(source, ['lambda:InvokeFunction'], functionArn);
  return source;
}
