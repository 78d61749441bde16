import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { testApi } from '../test-api.ts';
import { echoEndpoint } from './echo-server.ts';
import { LINES, THINGS } from './names.ts';

const folder = import.meta.dirname;
const file = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

/** Everything the checks of data sources ask. */
export function addDataSourcesApi(stack: Stack): void {
  const conflict = inlineFunction(stack, 'Conflict');
  const api = testApi(stack, folder, { environmentVariables: { CONFLICT_ARN: conflict.functionArn } });
  const { things, lines } = addTables(stack);
  const sources = {
    things: api.addDynamoDbDataSource('Things', things),
    lines: api.addDynamoDbDataSource('Lines', lines),
    none: api.addNoneDataSource('None'),
    actor: api.addLambdaDataSource('Actor', inlineFunction(stack, 'Actor')),
    batch: api.addLambdaDataSource('Batch', inlineFunction(stack, 'Batch')),
    http: api.addHttpDataSource('Http', echoEndpoint()),
    signed: api.addHttpDataSource('SignedHttp', echoEndpoint(), {
      authorizationConfig: { signingRegion: 'eu-west-1', signingServiceName: 'states' },
    }),
    events: addEvents(stack, api, things),
  };
  lines.grantReadWriteData(sources.things);
  conflict.grantInvoke(sources.things);
  addUnused(stack, api);

  const unit = (source: appsync.BaseDataSource, field: string, code = 'raw', size?: number): void => {
    const [typeName = '', fieldName = ''] = field.split('.');
    source.createResolver(field.replace('.', ''), {
      typeName,
      fieldName,
      ...(code && { code: appsync.Code.fromInline(file('resolvers', `${code}.js`)), runtime: JS }),
      ...(size !== undefined && { maxBatchSize: size }),
    });
  };
  unit(sources.things, 'Query.things');
  unit(sources.things, 'Mutation.things');
  unit(sources.lines, 'Query.lines');
  unit(sources.lines, 'Query.otherLines');
  unit(sources.things, 'Query.reraised', 'reraised');
  unit(sources.things, 'Query.appended', 'appended');
  unit(sources.things, 'Query.ignored', 'ignored');
  unit(sources.none, 'Query.none');
  unit(sources.none, 'Query.early', 'early');
  unit(sources.none, 'Query.large', 'large');
  unit(sources.none, 'Query.numbers', 'numbers');
  unit(sources.actor, 'Query.lambda');
  unit(sources.actor, 'Query.direct', '');
  unit(sources.actor, 'Query.echoed', '');
  unit(sources.http, 'Query.http');
  unit(sources.signed, 'Query.signedHttp');
  unit(sources.events, 'Mutation.events');
  unit(sources.batch, 'Query.number', 'batch', 3);
  for (const field of ['batched', 'single', 'perItem', 'short', 'noList', 'thrown', 'event']) {
    unit(sources.batch, `Number.${field}`, 'batch', 3);
  }
  unit(sources.batch, 'Number.byDefault', 'batch');
  unit(sources.batch, 'Number.direct', '', 3);
  unit(sources.batch, 'Number.directAlone', '');
  addPipelines(api, sources);
}

const JS = appsync.FunctionRuntime.JS_1_0_0;

function addTables(stack: Stack) {
  const common = {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    removalPolicy: RemovalPolicy.DESTROY,
  };
  const things = new dynamodb.Table(stack, 'ThingsTable', { ...common, tableName: THINGS });
  const lines = new dynamodb.Table(stack, 'LinesTable', {
    ...common,
    tableName: LINES,
    sortKey: { name: 'at', type: dynamodb.AttributeType.STRING },
  });
  lines.addGlobalSecondaryIndex({
    indexName: 'byKind',
    partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING },
    projectionType: dynamodb.ProjectionType.KEYS_ONLY,
  });
  return { things, lines };
}

const inlineFunction = (stack: Stack, id: string): lambda.Function =>
  new lambda.Function(stack, `${id}Function`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(file('lambda', `${id.toLowerCase()}.js`)),
    timeout: Duration.seconds(3),
  });

/** A bus of our own with rules that keep what they are for, one that transforms it, and one with a foreign target. */
function addEvents(
  stack: Stack,
  api: appsync.GraphqlApi,
  table: dynamodb.Table,
): appsync.EventBridgeDataSource {
  const bundle = mkdtempSync(join(tmpdir(), 'record-'));
  buildSync({
    entryPoints: [join(folder, 'lambda', 'record.js')],
    outfile: join(bundle, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
  });
  const record = new lambda.Function(stack, 'RecordFunction', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(bundle),
    timeout: Duration.seconds(20),
    memorySize: 256,
    environment: { TABLE: table.tableName },
  });
  // The cloud assembly has a copy by now.
  rmSync(bundle, { recursive: true });
  table.grantWriteData(record);
  const eventBus = new events.EventBus(stack, 'Bus');
  new events.Rule(stack, 'Orders', {
    eventBus,
    eventPattern: {
      source: ['shop'],
      detail: { count: [{ numeric: ['>', 1] }], state: [{ 'anything-but': 'cancelled' }] },
    },
    targets: [new targets.LambdaFunction(record)],
  });
  new events.Rule(stack, 'Transformed', {
    eventBus,
    eventPattern: { detailType: events.Match.prefix('transform') },
    targets: [
      new targets.LambdaFunction(record, {
        event: events.RuleTargetInput.fromObject({
          id: events.EventField.fromPath('$.detail.id'),
          kind: events.EventField.fromPath('$.detail-type'),
        }),
      }),
    ],
  });
  new events.Rule(stack, 'Disabled', {
    eventBus,
    enabled: false,
    eventPattern: { source: ['disabled'] },
    targets: [new targets.LambdaFunction(record)],
  });
  return api.addEventBridgeDataSource('Events', eventBus);
}

/** Nobody asks it, so that it does not matter that it does not run locally. */
function addUnused(stack: Stack, api: appsync.GraphqlApi): void {
  const role = new CfnResource(stack, 'UnusedRole', {
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'appsync.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    },
  });
  new appsync.CfnDataSource(stack, 'Unused', {
    apiId: api.apiId,
    name: 'Unused',
    type: 'AMAZON_BEDROCK_RUNTIME',
    serviceRoleArn: role.getAtt('Arn').toString(),
  });
}

function addPipelines(
  api: appsync.GraphqlApi,
  { none, lines, batch }: Record<'none' | 'lines' | 'batch', appsync.BaseDataSource>,
): void {
  const step = (source: appsync.BaseDataSource, name: string, code: string, maxBatchSize?: number) =>
    source.createFunction(`${name}Step`, {
      name,
      code: appsync.Code.fromInline(file('resolvers', `${code}.js`)),
      runtime: JS,
      ...(maxBatchSize && { maxBatchSize }),
    });
  const pipeline = (field: string, code: string, steps: appsync.AppsyncFunction[]): void => {
    const [typeName = '', fieldName = ''] = field.split('.');
    api.createResolver(field.replace('.', ''), {
      typeName,
      fieldName,
      pipelineConfig: steps,
      code: appsync.Code.fromInline(file('resolvers', `${code}.js`)),
      runtime: JS,
    });
  };
  const stepOnNone = step(none, 'step', 'step');
  pipeline('Query.pipeline', 'pipeline', Array<appsync.AppsyncFunction>(10).fill(stepOnNone));
  pipeline('Query.earlyPipeline', 'earlyPipeline', [stepOnNone]);
  pipeline('Query.linesByFunction', 'linesByFunction', [
    step(lines, 'linesA', 'linesStepA'),
    step(lines, 'linesB', 'linesStepB'),
  ]);
  pipeline('Number.inFunction', 'linesByFunction', [step(batch, 'inBatch', 'batch', 2)]);
}
