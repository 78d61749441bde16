import { expect, test } from 'vitest';
import { apiId, changed, readWith, resource } from './harness/minimal-api.ts';
import { lambda } from './harness/resources.ts';

/** As `defineData` of @aws-amplify/backend 1.24 writes the table of a model. */
const amplifyTable = resource('Custom::AmplifyDynamoDBTable', {
  ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:manager',
  tableName: { 'Fn::Join': ['', ['Todo-', apiId, '-NONE']] },
  attributeDefinitions: [
    { attributeName: 'id', attributeType: 'S' },
    { attributeName: 'list', attributeType: 'S' },
  ],
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  globalSecondaryIndexes: [
    {
      indexName: 'byList',
      keySchema: [{ attributeName: 'list', keyType: 'HASH' }],
      projection: { projectionType: 'ALL' },
    },
  ],
  streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
  timeToLiveSpecification: { attributeName: 'expires', enabled: true },
});

const nameFromArn = {
  'Fn::Select': [
    1,
    {
      'Fn::Split': [
        '/',
        { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Todo', 'TableArn'] }] }] },
      ],
    },
  ],
};

const appOf = () =>
  readWith({
    Todo: amplifyTable,
    TodoSource: resource('AWS::AppSync::DataSource', {
      ApiId: apiId,
      Name: 'TodoTable',
      Type: 'AMAZON_DYNAMODB',
      DynamoDBConfig: { AwsRegion: { Ref: 'AWS::Region' }, TableName: nameFromArn },
    }),
    ...changed('TaskResolver', { DataSourceName: 'TodoTable' }),
    ...lambda({}),
    Following: resource('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: 'Validate' },
      EventSourceArn: { 'Fn::GetAtt': ['Todo', 'TableStreamArn'] },
      StartingPosition: 'LATEST',
    }),
  });

test('the table of an Amplify model has keys, indexes, stream and time to live', () => {
  const { tables, api } = appOf();

  expect(tables).toEqual([
    {
      logicalId: 'Todo',
      tableName: `Todo-${api.id}-NONE`,
      arn: `arn:aws:dynamodb:us-east-1:000000000000:table/Todo-${api.id}-NONE`,
      attributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'list', AttributeType: 'S' },
      ],
      keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      globalSecondaryIndexes: [
        {
          IndexName: 'byList',
          KeySchema: [{ AttributeName: 'list', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      localSecondaryIndexes: [],
      streamViewType: 'NEW_AND_OLD_IMAGES',
      timeToLiveAttribute: 'expires',
    },
  ]);
});

test('data sources and event source mappings find the table of an Amplify model', () => {
  const { api, unavailable, eventSourceMappings, tables } = appOf();

  expect(api.dataSources.find(({ name }) => name === 'TodoTable')).toMatchObject({
    type: 'AMAZON_DYNAMODB',
    tableName: tables[0]?.tableName,
  });
  expect(eventSourceMappings).toMatchObject([{ logicalId: 'Following' }]);
  expect(unavailable).toEqual([]);
});
