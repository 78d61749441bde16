import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../src/template/read-app.ts';
import { readWith, resource } from './harness/minimal-api.ts';

type Json = Record<string, unknown>;

const streamArn = { 'Fn::GetAtt': ['Orders', 'StreamArn'] };
const others: Json = {
  Orders: resource('AWS::DynamoDB::Table', {
    TableName: 'orders',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }),
  Count: resource('AWS::Lambda::Function', {
    FunctionName: 'count',
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Code: { ZipFile: 'exports.handler = async () => null;' },
    Environment: { Variables: { API: { 'Fn::GetAtt': ['Api', 'GraphQLUrl'] } } },
  }),
  Version: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Count' } }),
  Live: resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'Count' }, Name: 'live' }),
  Rejected: resource('AWS::SQS::Queue', { QueueName: 'rejected' }),
  Alerts: resource('AWS::SNS::Topic', { TopicName: 'alerts' }),
};

const withMapping = (properties: Json, more: Json = {}, options: ReadOptions = {}) =>
  readWith(
    {
      ...others,
      Mapping: resource('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: streamArn,
        FunctionName: { Ref: 'Count' },
        StartingPosition: 'TRIM_HORIZON',
        ...properties,
      }),
      ...more,
    },
    options,
  );

describe('an event source mapping', () => {
  it("has Lambda's defaults", () => {
    const { eventSourceMappings, lambdaFunctions, notRun } = withMapping({});

    expect(eventSourceMappings).toEqual([
      {
        logicalId: 'Mapping',
        stackName: 'Tasks',
        tableName: 'orders',
        streamArn: expect.stringMatching(/:table\/orders\/stream\//),
        functionArn: lambdaFunctions[0]!.arn,
        startingPosition: 'TRIM_HORIZON',
        batchSize: 100,
        batchingWindowSeconds: 0,
        bisectBatchOnFunctionError: false,
        maximumRetryAttempts: -1,
        maximumRecordAgeSeconds: -1,
        parallelizationFactor: 1,
        reportBatchItemFailures: false,
        filters: [],
      },
    ]);
    expect(notRun).toContainEqual({ type: 'AWS::SQS::Queue', logicalId: 'Rejected' });
  });

  it('is read with all it says', () => {
    const [mapping] = withMapping({
      StartingPosition: 'LATEST',
      BatchSize: '10',
      MaximumBatchingWindowInSeconds: 5,
      BisectBatchOnFunctionError: 'true',
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 3600,
      ParallelizationFactor: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Rejected', 'Arn'] } } },
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["REMOVE"]}' }] },
      TumblingWindowInSeconds: 0,
    }).eventSourceMappings;

    expect(mapping).toMatchObject({
      startingPosition: 'LATEST',
      batchSize: 10,
      batchingWindowSeconds: 5,
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 3,
      maximumRecordAgeSeconds: 3600,
      parallelizationFactor: 2,
      reportBatchItemFailures: true,
      onFailure: { kind: 'queue', name: 'rejected', arn: expect.stringMatching(/^arn:aws:sqs:.*:rejected$/) },
      filters: [{ eventName: ['REMOVE'] }],
    });
  });

  it('may send dropped records to a topic', () => {
    const [mapping] = withMapping({
      DestinationConfig: { OnFailure: { Destination: { Ref: 'Alerts' } } },
    }).eventSourceMappings;

    expect(mapping?.onFailure).toMatchObject({ kind: 'topic', name: 'alerts' });
  });

  it.each([
    ['Rejected', { 'Fn::GetAtt': ['Rejected', 'Arn'] }, ['Alerts']],
    ['Alerts', { Ref: 'Alerts' }, ['Rejected']],
  ])('gives its destination %s an effect, and no other', (_, Destination, withoutEffect) => {
    const { notRun } = withMapping({ DestinationConfig: { OnFailure: { Destination } } });

    const messaging = notRun.filter(({ type }) => /SQS|SNS/.test(type));
    expect(messaging.map(({ logicalId }) => logicalId)).toEqual(withoutEffect);
  });

  it.each([
    ['ARN', { 'Fn::GetAtt': ['Count', 'Arn'] }],
    ['version', { Ref: 'Version' }],
    ['alias', { Ref: 'Live' }],
    ['name and alias', 'count:live'],
    ['partial ARN', '111111111111:function:count'],
  ])('names its function by %s too', (_, FunctionName) => {
    const { eventSourceMappings, lambdaFunctions } = withMapping({ FunctionName });

    expect(eventSourceMappings[0]?.functionArn).toBe(lambdaFunctions[0]!.arn);
  });

  it('that is switched off does nothing', () => {
    expect(withMapping({ Enabled: false, EventSourceArn: 'arn:aws:sqs:::q' }).eventSourceMappings).toEqual(
      [],
    );
  });

  it('from a queue is left out, for no field reaches it', () => {
    const { eventSourceMappings, notRun } = withMapping({
      EventSourceArn: { 'Fn::GetAtt': ['Rejected', 'Arn'] },
    });

    expect(eventSourceMappings).toEqual([]);
    expect(notRun).toContainEqual({ type: 'AWS::Lambda::EventSourceMapping', logicalId: 'Mapping' });
  });

  it.each([
    [
      { EventSourceArn: { 'Fn::GetAtt': ['Rejected', 'Arn'] } },
      /Mapping has the source arn:aws:sqs:\S+, which is not the stream/,
    ],
    [{ EventSourceArn: undefined, Topics: ['t'] }, /Mapping has the source \(no EventSourceArn\)/],
    [{ TumblingWindowInSeconds: 60 }, /Mapping has TumblingWindowInSeconds, which/],
    [{ StartingPosition: 'AT_TIMESTAMP' }, /Mapping has the StartingPosition "AT_TIMESTAMP"/],
    [{ StartingPosition: undefined }, /StartingPosition is missing/],
    [{ BatchSize: 0 }, /BatchSize must be a whole number from 1 to 10000; it is 0/],
    [{ ParallelizationFactor: 11 }, /ParallelizationFactor must be a whole number from 1 to 10; it is 11/],
    [{ FunctionName: 'other' }, /Mapping names the function "other"; the cloud assembly has 'count'/],
    [{ FunctionResponseTypes: ['Other'] }, /Mapping has FunctionResponseTypes \["Other"\]/],
    [
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::bucket' } } },
      /Mapping sends dropped records to arn:aws:s3:::bucket; the local server supports only SQS queues and SNS topics/,
    ],
    [{ FilterCriteria: { Filters: [{ Pattern: '{' }] } }, /Pattern must be JSON; it is "{"/],
  ])('is refused with %j', (properties, message) => {
    expect(() => withMapping(properties, {}, { strict: true })).toThrow(message);
  });

  it('is refused for a table without a stream', () => {
    const table = resource('AWS::DynamoDB::Table', {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });

    expect(() => withMapping({}, { Orders: table })).toThrow(/Orders, which has no StreamSpecification/);
  });
});

describe('the URL of an API', () => {
  const endpoints = {
    graphqlUrl: 'http://localhost:4000/graphql',
    realtimeUrl: 'ws://localhost:4000/graphql/realtime',
  };

  it('is that of the running server for the API that is served, and for no other', () => {
    const further = resource('AWS::AppSync::GraphQLApi', { Name: 'other', AuthenticationType: 'API_KEY' });
    const variables = {
      API: { 'Fn::GetAtt': ['Api', 'GraphQLUrl'] },
      OTHER: { 'Fn::GetAtt': ['Further', 'GraphQLUrl'] },
    };
    const count = resource('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Code: { ZipFile: '' },
      Environment: { Variables: variables },
    });

    const { lambdaFunctions } = readWith(
      { Count: count, Further: further },
      { apiLogicalId: 'Api', endpoints },
    );

    expect(lambdaFunctions[0]?.environment).toEqual({
      API: 'http://localhost:4000/graphql',
      OTHER: expect.stringMatching(/^https:\/\/\w{26}\.appsync-api\./),
    });
  });
});
