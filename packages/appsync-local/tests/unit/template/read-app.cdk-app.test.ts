import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  NestedStack,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AppModel } from '../../../src/template/app-model.ts';
import { codesOf } from '../../../src/template/codes-of.ts';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { readApp } from '../../../src/template/read-app.ts';
import { temporaryDirectory, writeText } from './harness/written-assembly.ts';

const handlers = 'export const request = () => ({}); export const response = (ctx) => ctx.result;';
const schema = 'type Query { a: String b: String c: String d: String e: String }';

class TableInside extends NestedStack {
  readonly table: dynamodb.Table;

  constructor(scope: Stack, id: string) {
    super(scope, id);
    this.table = new dynamodb.Table(this, 'Inner', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    });
  }
}

/** An app with about everything that is supported; answers the directory of its cloud assembly. */
function synthesizeEverything(files: string, outdir: string): string {
  writeText(files, 'schema.graphql', schema);
  writeText(files, 'handlers.js', `${handlers} // from an asset`);
  writeText(files, 'validate/index.mjs', 'export const handler = async () => 1;');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const data = new Stack(app, 'Data');
  const stack = new Stack(app, 'Tasks');

  const table = new dynamodb.Table(data, 'Tasks', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'at', type: dynamodb.AttributeType.NUMBER },
    stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
  });
  table.addLocalSecondaryIndex({
    indexName: 'bySize',
    sortKey: { name: 'size', type: dynamodb.AttributeType.NUMBER },
    projectionType: dynamodb.ProjectionType.INCLUDE,
    nonKeyAttributes: ['title'],
  });
  const global = new dynamodb.TableV2(stack, 'Global', {
    tableName: 'global',
    partitionKey: { name: 'id', type: dynamodb.AttributeType.BINARY },
    globalSecondaryIndexes: [
      { indexName: 'byKind', partitionKey: { name: 'kind', type: dynamodb.AttributeType.STRING } },
    ],
    dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
  });
  const inside = new TableInside(stack, 'Inside');
  const queue = new sqs.Queue(stack, 'Queue');
  const pool = new cognito.UserPool(stack, 'Pool');
  pool.addClient('Web');
  new cognito.CfnUserPoolGroup(stack, 'Admins', { userPoolId: pool.userPoolId, groupName: 'admins' });

  const api = new appsync.GraphqlApi(stack, 'Api', {
    name: 'tasks',
    definition: appsync.Definition.fromFile(join(files, 'schema.graphql')),
    authorizationConfig: {
      defaultAuthorization: {
        authorizationType: appsync.AuthorizationType.USER_POOL,
        userPoolConfig: { userPool: pool, defaultAction: appsync.UserPoolDefaultAction.ALLOW },
      },
      additionalAuthorizationModes: [
        { authorizationType: appsync.AuthorizationType.API_KEY },
        { authorizationType: appsync.AuthorizationType.IAM },
      ],
    },
    environmentVariables: { TABLE: table.tableName },
    introspectionConfig: appsync.IntrospectionConfig.DISABLED,
    queryDepthLimit: 5,
    resolverCountLimit: 7,
    logConfig: { retention: logs.RetentionDays.ONE_DAY },
  });
  const validate = new lambda.Function(stack, 'Validate', {
    runtime: lambda.Runtime.NODEJS_LATEST,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(join(files, 'validate')),
    timeout: Duration.seconds(9),
    memorySize: 512,
    reservedConcurrentExecutions: 2,
    loggingFormat: lambda.LoggingFormat.JSON,
    environment: {
      QUEUE: queue.queueUrl,
      STREAM: table.tableStreamArn!,
      URL: api.graphqlUrl,
      INNER: inside.table.tableArn,
      KEY: api.apiKey!,
    },
  });
  const inline = new lambda.Function(stack, 'Inline', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => 1;'),
  });

  const tasks = api.addDynamoDbDataSource('Tasks', table);
  api.addDynamoDbDataSource('Global', global);
  api.addDynamoDbDataSource('Inner', inside.table);
  const direct = api.addLambdaDataSource('Validate', validate);
  api.addLambdaDataSource(
    'Aliased',
    new lambda.Alias(stack, 'Live', { aliasName: 'live', version: inline.currentVersion }) as never,
  );
  api.addHttpDataSource('Weather', 'https://weather.example', {
    authorizationConfig: { signingRegion: 'us-east-1', signingServiceName: 'states' },
  });
  const none = api.addNoneDataSource('None');
  const runtime = appsync.FunctionRuntime.JS_1_0_0;
  const inlineCode = appsync.Code.fromInline(handlers);
  const step = new appsync.AppsyncFunction(stack, 'Step', {
    api,
    name: 'step',
    dataSource: tasks,
    runtime,
    code: inlineCode,
  });
  api.createResolver('A', {
    typeName: 'Query',
    fieldName: 'a',
    pipelineConfig: [step],
    runtime,
    code: inlineCode,
  });
  none.createResolver('B', {
    typeName: 'Query',
    fieldName: 'b',
    runtime,
    code: appsync.Code.fromAsset(join(files, 'handlers.js')),
  });
  direct.createResolver('C', { typeName: 'Query', fieldName: 'c' });

  const stage = new CfnParameter(stack, 'StageName', { default: 'dev' });
  const isProd = new CfnCondition(stack, 'IsProd', {
    expression: Fn.conditionEquals(stage.valueAsString, 'prod'),
  });
  const isDev = new CfnCondition(stack, 'IsDev', { expression: Fn.conditionNot(isProd) });
  for (const [fieldName, condition] of [
    ['d', isProd],
    ['e', isDev],
  ] as const) {
    const resolver = new appsync.CfnResolver(stack, `Conditional${fieldName}`, {
      apiId: api.apiId,
      typeName: 'Query',
      fieldName,
      dataSourceName: none.name,
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code: handlers,
    });
    resolver.cfnOptions.condition = condition;
  }
  new CfnOutput(stack, 'Url', { value: api.graphqlUrl });
  return app.synth().directory;
}

describe('a CDK app', () => {
  const files = temporaryDirectory();
  const outdir = temporaryDirectory();
  let directory: string;
  let app: AppModel;

  beforeAll(() => {
    directory = synthesizeEverything(files, outdir);
    app = readApp(loadAssembly(directory));
  });

  const dataSource = (name: string) => app.api.dataSources.find((source) => source.name === name);
  const resolver = (fieldName: string) => app.api.resolvers.find((one) => one.fieldName === fieldName);
  const table = (logicalId: string) => app.tables.find((one) => one.logicalId.startsWith(logicalId))!;
  const lambdaFunction = (logicalId: string) =>
    app.lambdaFunctions.find((one) => one.logicalId.startsWith(logicalId))!;

  test('has its API with settings, modes and key', () => {
    const [pool] = app.userPools;

    expect(app.api).toMatchObject({
      name: 'tasks',
      schema,
      introspectionEnabled: false,
      queryDepthLimit: 5,
      resolverCountLimit: 7,
      authModes: [
        {
          type: 'AMAZON_COGNITO_USER_POOLS',
          userPoolId: pool!.userPoolId,
          region: 'us-east-1',
          defaultAction: 'ALLOW',
        },
        { type: 'API_KEY' },
        { type: 'AWS_IAM' },
      ],
      apiKeys: [
        { logicalId: expect.stringContaining('DefaultApiKey'), key: 'da2-localdevkey000000000000000' },
      ],
    });
    expect(app.api.id).toMatch(/^[a-z0-9]{26}$/);
    expect(app.api.arn).toBe(`arn:aws:appsync:us-east-1:000000000000:apis/${app.api.id}`);
  });

  test('has the user pool with its client', () => {
    expect(app.userPools).toHaveLength(1);
    expect(app.userPools[0]!.userPoolId).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(app.userPools[0]!.groups).toEqual(['admins']);
    expect(app.userPools[0]!.clients).toEqual([
      {
        logicalId: expect.stringContaining('Web'),
        clientId: expect.stringMatching(/^[a-z0-9]{26}$/),
        signIn: expect.objectContaining({ oauthFlows: ['implicit', 'code'], accessTokenSeconds: 3600 }),
      },
    ]);
  });

  test('has a table of another stack, in the words of CreateTable', () => {
    const tasks = table('Tasks');

    expect(tasks).toEqual({
      logicalId: tasks.logicalId,
      tableName: expect.stringMatching(/^Data-Tasks[0-9A-F]{8}-[A-Z0-9]{12}$/),
      arn: `arn:aws:dynamodb:us-east-1:000000000000:table/${tasks.tableName}`,
      attributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'N' },
        { AttributeName: 'size', AttributeType: 'N' },
      ],
      keySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      globalSecondaryIndexes: [],
      localSecondaryIndexes: [
        {
          IndexName: 'bySize',
          KeySchema: [
            { AttributeName: 'id', KeyType: 'HASH' },
            { AttributeName: 'size', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
        },
      ],
      streamViewType: 'NEW_AND_OLD_IMAGES',
      timeToLiveAttribute: 'expiresAt',
    });
    expect(app.api.environment).toEqual({ TABLE: tasks.tableName });
    expect(dataSource('Tasks')).toMatchObject({ type: 'AMAZON_DYNAMODB', tableName: tasks.tableName });
  });

  test('has a global table', () => {
    expect(table('Global')).toMatchObject({
      tableName: 'global',
      attributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'B' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
      globalSecondaryIndexes: [{ IndexName: 'byKind', Projection: { ProjectionType: 'ALL' } }],
      streamViewType: 'KEYS_ONLY',
    });
    expect(table('Global')).not.toHaveProperty('timeToLiveAttribute');
  });

  test('has a table of a nested stack, found through its outputs', () => {
    const inner = table('Inner');

    expect(dataSource('Inner')).toMatchObject({ tableName: inner.tableName });
    expect(lambdaFunction('Validate').environment['INNER']).toBe(inner.arn);
  });

  test('has a Lambda function from an asset, with all its settings', () => {
    const validate = lambdaFunction('Validate');

    expect(validate).toMatchObject({
      handler: 'index.handler',
      runtime: expect.stringMatching(/^nodejs\d+\.x$/),
      timeoutSeconds: 9,
      memoryMb: 512,
      reservedConcurrency: 2,
      logFormat: 'JSON',
      functionName: expect.stringMatching(/^Tasks-Validate[0-9A-F]{8}-[A-Z0-9]{12}$/),
      code: { directory: expect.stringContaining('asset.') },
    });
    const { directory: code } = validate.code as { directory: string };
    expect(readFileSync(join(code, 'index.mjs'), 'utf8')).toContain('export const handler');
  });

  test('resolves what a Lambda function is told in its environment', () => {
    const { environment } = lambdaFunction('Validate');

    expect(environment).toMatchObject({
      QUEUE: expect.stringMatching(/^https:\/\/sqs\.us-east-1\.amazonaws\.com\/000000000000\/Tasks-Queue/),
      STREAM: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:000000000000:table\/.*\/stream\/\d{4}-/),
      URL: expect.stringMatching(/^https:\/\/[a-z0-9]{26}\.appsync-api\.us-east-1\.amazonaws\.com\/graphql$/),
      KEY: 'da2-localdevkey000000000000000',
    });
  });

  test('takes the running server for the endpoints when it says where it is', () => {
    const endpoints = {
      graphqlUrl: 'http://localhost:4000/graphql',
      realtimeUrl: 'ws://localhost:4000/graphql',
    };

    const told = readApp(loadAssembly(directory), { endpoints, apiKey: 'da2-other' });

    const { environment } = told.lambdaFunctions.find(({ logicalId }) => logicalId.startsWith('Validate'))!;
    expect(environment).toMatchObject({ URL: endpoints.graphqlUrl, KEY: 'da2-other' });
  });

  test('has inline Lambda code as index.js, with the defaults of CloudFormation', () => {
    expect(lambdaFunction('Inline')).toMatchObject({
      code: { fileName: 'index.js', text: 'exports.handler = async () => 1;' },
      timeoutSeconds: 3,
      memoryMb: 128,
      logFormat: 'Text',
      environment: {},
    });
  });

  test('has a data source on an alias, which runs the Lambda function itself', () => {
    expect(dataSource('Aliased')).toMatchObject({ functionArn: lambdaFunction('Inline').arn });
  });

  test('has an HTTP data source that signs, and one of type NONE', () => {
    expect(dataSource('Weather')).toMatchObject({
      type: 'HTTP',
      endpoint: 'https://weather.example',
      signing: { region: 'us-east-1', service: 'states' },
    });
    expect(dataSource('None')).toMatchObject({ type: 'NONE' });
  });

  test('has a pipeline resolver whose AppSync function is known by id', () => {
    const [step] = app.api.functions;

    expect(step).toMatchObject({
      name: 'step',
      dataSourceName: 'Tasks',
      code: { title: 'AppSync function step' },
    });
    expect(step!.functionId).toMatch(/^[a-z0-9]{26}$/);
    expect(resolver('a')).toMatchObject({
      kind: 'PIPELINE',
      functionIds: [step!.functionId],
      code: { title: 'resolver Query.a', text: handlers },
      arn: `${app.api.arn}/types/Query/resolvers/a`,
    });
  });

  test('has resolver code from an asset', () => {
    expect(resolver('b')).toMatchObject({ kind: 'UNIT', code: { text: `${handlers} // from an asset` } });
  });

  test('has no source map of code where the assembly has none', () => {
    const code = codesOf(app.api).find(({ title }) => title === 'resolver Query.b');

    expect(code!.sourceMap!.read()).toBeUndefined();
  });

  test('has a direct Lambda resolver, without code', () => {
    expect(resolver('c')).toMatchObject({ kind: 'UNIT', dataSourceName: 'Validate' });
    expect(resolver('c')).not.toHaveProperty('code');
  });

  test('has the resolvers whose conditions hold, and no others', () => {
    expect(resolver('d')).toBeUndefined();
    expect(resolver('e')).toMatchObject({ kind: 'UNIT', dataSourceName: 'None' });
  });

  test('says what does not run, the helper for log retention among it', () => {
    const types = new Set(app.notRun.map(({ type }) => type));

    expect([...types].sort()).toEqual([
      'AWS::Lambda::Alias',
      'AWS::Lambda::Function',
      'AWS::Lambda::Version',
      'AWS::SQS::Queue',
      'Custom::LogRetention',
    ]);
    expect(app.lambdaFunctions).toHaveLength(2);
  });

  test('has the same ids every time it is read', () => {
    const again = readApp(loadAssembly(directory));

    expect(again).toEqual(app);
  });
});

describe('stages of one app', () => {
  test('are separate, and their assets are found beside them', () => {
    const files = temporaryDirectory();
    writeFileSync(join(files, 'handlers.js'), handlers);
    const app = new App({ outdir: temporaryDirectory(), builtinCloudFormationValidation: false });
    for (const name of ['Dev', 'Prod']) {
      const stack = new Stack(new Stage(app, name), 'Tasks');
      const api = new appsync.GraphqlApi(stack, 'Api', {
        name: `tasks-${name}`,
        definition: appsync.Definition.fromFile(
          (writeText(files, 'schema.graphql', schema), join(files, 'schema.graphql')),
        ),
      });
      api.addNoneDataSource('None').createResolver('A', {
        typeName: 'Query',
        fieldName: 'a',
        runtime: appsync.FunctionRuntime.JS_1_0_0,
        code: appsync.Code.fromAsset(join(files, 'handlers.js')),
      });
    }
    const { directory } = app.synth();
    const map = `source-maps/${createHash('sha256').update(handlers).digest('hex')}.map`;
    writeText(join(directory, 'assembly-Prod'), map, 'the map of Prod');
    const assembly = loadAssembly(directory);
    const [logicalId] = Object.keys(assembly.stacks[0]!.template.Resources);

    const prod = readApp(assembly, { apiLogicalId: `Prod-Tasks/${logicalId}` });

    expect(prod.api).toMatchObject({ name: 'tasks-Prod', resolvers: [{ code: { text: handlers } }] });
    expect(codesOf(prod.api)[0]!.sourceMap!.read()).toBe('the map of Prod');
    expect(() => readApp(assembly)).toThrow(
      `'Dev-Tasks/${logicalId}', 'Prod-Tasks/${logicalId}'; choose one with --api`,
    );
  });
});
