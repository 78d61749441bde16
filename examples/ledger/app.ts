#!/usr/bin/env node
import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const dir = import.meta.dirname;
const app = new cdk.App();
const stack = new cdk.Stack(app, 'Ledger');

const entries = new dynamodb.Table(stack, 'Entries', {
  tableName: 'ledger-entries',
  partitionKey: { name: 'account', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'entry', type: dynamodb.AttributeType.STRING },
  stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
  timeToLiveAttribute: 'expires',
});
const seen = new dynamodb.Table(stack, 'Seen', {
  tableName: 'ledger-seen',
  partitionKey: { name: 'account', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'at', type: dynamodb.AttributeType.STRING },
});

const api = new appsync.GraphqlApi(stack, 'Api', {
  name: 'ledger',
  definition: appsync.Definition.fromFile(path.join(dir, 'schema.graphql')),
  authorizationConfig: {
    defaultAuthorization: { authorizationType: appsync.AuthorizationType.API_KEY },
    additionalAuthorizationModes: [{ authorizationType: appsync.AuthorizationType.IAM }],
  },
});
const inline = (code: string) => appsync.Code.fromInline(code);
const runtime = appsync.FunctionRuntime.JS_1_0_0;
const entriesSource = api.addDynamoDbDataSource('EntriesSource', entries);
entriesSource.createResolver('GetEntry', {
  typeName: 'Query',
  fieldName: 'entry',
  runtime,
  code: inline(`import { get } from '@aws-appsync/utils/dynamodb';
    export const request = ({ args }) => get({ key: args });
    export const response = ({ result }) => result;`),
});
entriesSource.createResolver('AddEntry', {
  typeName: 'Mutation',
  fieldName: 'addEntry',
  runtime,
  code: inline(`import { put } from '@aws-appsync/utils/dynamodb';
    export const request = ({ args: { account, entry, note } }) => put({ key: { account, entry }, item: { note } });
    export const response = ({ result }) => result;`),
});
api.addNoneDataSource('Local').createResolver('Announce', {
  typeName: 'Mutation',
  fieldName: 'announce',
  runtime,
  code: inline(`export const request = ({ args }) => ({ payload: args });
    export const response = ({ result }) => result;`),
});

function followed(id: string, environment: Record<string, string>): lambda.Function {
  const follow = new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(path.join(dir, 'follow')),
    environment: { SEEN: seen.tableName, ...environment },
    timeout: cdk.Duration.seconds(10),
    memorySize: 256,
  });
  seen.grantWriteData(follow);
  return follow;
}

const follow = followed('Follow', { API_URL: api.graphqlUrl });
api.grantMutation(follow, 'announce');
follow.addEventSource(
  new DynamoEventSource(entries, {
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    retryAttempts: 1,
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(new sqs.Queue(stack, 'Rejected', { queueName: 'ledger-rejected' })),
  }),
);

followed('FollowRemoved', { PREFIX: 'removed-' }).addEventSource(
  new DynamoEventSource(entries, {
    startingPosition: lambda.StartingPosition.LATEST,
    parallelizationFactor: 2,
    filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual('REMOVE') })],
  }),
);

app.synth();
