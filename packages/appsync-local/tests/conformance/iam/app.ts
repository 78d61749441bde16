import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { testApi } from '../test-api.ts';
import { ENTRIES, OTHERS } from './names.ts';

const folder = import.meta.dirname;
const RAW = appsync.Code.fromInline(readFileSync(join(folder, '../data-sources/resolvers/raw.js'), 'utf8'));

/** A data source whose role may do what it is told and nothing more. */
class GrantedDataSource extends appsync.BackedDataSource {
  allow(actions: string[], ...resources: string[]): this {
    this.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources }));
    return this;
  }

  deny(actions: string[], ...resources: string[]): this {
    this.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources }),
    );
    return this;
  }
}

/** Data sources and a Lambda function that may do a little. */
export function addIamApi(stack: Stack): void {
  const api = testApi(stack, folder, {
    authorizationConfig: {
      additionalAuthorizationModes: [{ authorizationType: appsync.AuthorizationType.IAM }],
    },
  });
  const { entries, others } = addTables(stack);
  const worker = addWorker(stack, api, entries);
  const bus = new events.EventBus(stack, 'Bus');
  const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: worker.currentVersion });

  const source = (name: string, props: appsync.ExtendedDataSourceProps): GrantedDataSource =>
    new GrantedDataSource(stack, name, { api, name }, props);
  const onTable = (name: string, { tableName }: dynamodb.Table): GrantedDataSource =>
    source(name, {
      type: 'AMAZON_DYNAMODB',
      dynamoDbConfig: { tableName, awsRegion: stack.region },
    });
  const onFunction = (name: string, lambdaFunctionArn: string): GrantedDataSource =>
    source(name, { type: 'AWS_LAMBDA', lambdaConfig: { lambdaFunctionArn } });
  const unit = (dataSource: appsync.BaseDataSource, field: string): void => {
    const [typeName = '', fieldName = ''] = field.split('.');
    dataSource.createResolver(field.replace('.', ''), {
      typeName,
      fieldName,
      code: RAW,
      runtime: appsync.FunctionRuntime.JS_1_0_0,
    });
  };

  const narrow = onTable('Narrow', entries)
    .allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'], entries.tableArn)
    .allow(['dynamodb:*'], others.tableArn)
    .deny(['dynamodb:Delete*'], others.tableArn)
    .allow(['dynamodb:Query'], `${entries.tableArn}/index/byKind`);
  unit(narrow, 'Query.narrow');
  unit(onTable('WithoutIndex', entries).allow(['dynamodb:Query'], entries.tableArn), 'Query.withoutIndex');
  unit(
    onTable('Others', others).allow(['dynamodb:*'], others.tableArn).deny(['dynamodb:Delete*'], '*'),
    'Query.others',
  );
  unit(onFunction('Closed', worker.functionArn), 'Query.closedLambda');
  unit(
    onFunction('Alias', alias.functionArn).allow(['lambda:InvokeFunction'], worker.functionArn),
    'Query.alias',
  );
  unit(
    onFunction('Worker', worker.functionArn).allow(['lambda:InvokeFunction'], worker.functionArn),
    'Query.worker',
  );
  unit(
    source('ClosedEvents', {
      type: 'AMAZON_EVENTBRIDGE',
      eventBridgeConfig: { eventBusArn: bus.eventBusArn },
    }),
    'Query.closedEvents',
  );
  addConstants(api);
}

function addConstants(api: appsync.GraphqlApi): void {
  const none = api.addNoneDataSource('None');
  for (const fieldName of ['open', 'shut']) {
    none.createResolver(fieldName, {
      typeName: 'Query',
      fieldName,
      code: appsync.Code.fromInline(
        'export const request = () => ({ payload: "ran" });\nexport const response = (ctx) => ctx.result;\n',
      ),
      runtime: appsync.FunctionRuntime.JS_1_0_0,
    });
  }
}

function addTables(stack: Stack) {
  const common = {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  };
  const entries = new dynamodb.Table(stack, 'EntriesTable', { ...common, tableName: ENTRIES });
  entries.addGlobalSecondaryIndex({
    indexName: 'byKind',
    partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
  });
  return { entries, others: new dynamodb.Table(stack, 'OthersTable', { ...common, tableName: OTHERS }) };
}

/** It may read and write items of its own key, and run one field. */
function addWorker(stack: Stack, api: appsync.GraphqlApi, table: dynamodb.Table): lambda.Function {
  const bundle = mkdtempSync(join(tmpdir(), 'worker-'));
  buildSync({
    entryPoints: [join(folder, 'lambda', 'worker.js')],
    outfile: join(bundle, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
  });
  const worker = new lambda.Function(stack, 'WorkerFunction', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(bundle),
    timeout: Duration.seconds(20),
    memorySize: 256,
    environment: { GRAPHQL_URL: api.graphqlUrl },
  });
  // The cloud assembly has a copy by now.
  rmSync(bundle, { recursive: true });
  worker.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [table.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['worker'] } },
    }),
  );
  worker.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['appsync:GraphQL'],
      resources: [`${api.arn}/types/Query/fields/open`],
    }),
  );
  return worker;
}
