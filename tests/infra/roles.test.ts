import { expect, test } from 'vitest';
import { bundleResolvers } from '../../infra/resolver-bundles.ts';
import { readable, resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

const { template } = synthesize();
const roles = resources(template, 'AWS::IAM::Role');
const policies = [...resources(template, 'AWS::IAM::Policy').values()].map(({ Properties }) => Properties);

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What a role may do, by resource. */
function allowed(role: string): Record<string, string[]> {
  const statements = policies
    .filter(({ Roles }) => Roles.some((one: unknown) => readable(one) === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Statement[]);
  const may: Record<string, string[]> = {};
  for (const { Action, Resource } of statements) {
    for (const resource of listed(Resource).map(readable)) {
      may[resource] = [...(may[resource] ?? []), ...listed(Action)].sort();
    }
  }
  return may;
}

test.each([
  [
    'PutValidatedItemRole',
    'lambda.amazonaws.com',
    {
      'DataItems.Arn': [
        'dynamodb:ConditionCheckItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      'DataConstraints.Arn': ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      'PutValidatedItemLogs.Arn': ['logs:CreateLogStream', 'logs:PutLogEvents'],
      '*': ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    },
  ],
  [
    'ItemsApiItemsSourceServiceRole',
    'appsync.amazonaws.com',
    {
      'DataItems.Arn': [
        'dynamodb:BatchGetItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ],
      'DataItems.Arn/index/byOwner': ['dynamodb:Query'],
      'DataItems.Arn/index/byKind': ['dynamodb:Query'],
      'DataConstraints.Arn': [
        'dynamodb:BatchGetItem',
        'dynamodb:DeleteItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
    },
  ],
  [
    'ChangeFeedPublishItemChangeRole',
    'lambda.amazonaws.com',
    {
      'DataChanges.Arn': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      'DataItems.StreamArn': ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      'ItemsApi.Arn/types/Mutation/fields/publishItemChange': ['appsync:GraphQL'],
      'ChangeFeedDeadLetters.Arn': ['sqs:SendMessage'],
      'ChangeFeedPublishItemChangeLogs.Arn': ['logs:CreateLogStream', 'logs:PutLogEvents'],
      '*': ['dynamodb:ListStreams', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    },
  ],
  ['ItemsApiChangesSourceServiceRole', 'appsync.amazonaws.com', { 'DataChanges.Arn': ['dynamodb:Query'] }],
  [
    'ItemsApiPutValidatedItemSourceServiceRole',
    'appsync.amazonaws.com',
    { 'PutValidatedItemFunction.Arn': ['lambda:InvokeFunction'] },
  ],
  [
    'ItemsApiLogRole',
    'appsync.amazonaws.com',
    { 'ItemsApiLogs.Arn': ['logs:CreateLogStream', 'logs:PutLogEvents'] },
  ],
])('%s, assumed by %s, may do what it needs and nothing else', (role, service, may) => {
  const { AssumeRolePolicyDocument } = roles.get(role)!.Properties;

  expect(allowed(role)).toEqual(may);
  expect(AssumeRolePolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } },
  ]);
});

test('there are no other roles, no managed policies and no resource policies', () => {
  const types = [...resources(template).values()].map(({ Type }) => Type);

  expect(roles.size).toBe(6);
  for (const { Properties } of roles.values()) {
    expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
  }
  expect(types.filter((type) => /Permission|ManagedPolicy|ResourcePolicy/.test(type))).toEqual([]);
});

test('the role of the items table may do what the resolvers do, no more', () => {
  const operations = [...bundleResolvers().values()].flatMap(({ code }) =>
    [...code.matchAll(/operation: "([A-Z]\w+)"/g)].map(([, operation]) => operation!),
  );
  const granted = new Set(Object.values(allowed('ItemsApiItemsSourceServiceRole')).flat());

  // A transaction needs the permissions of its parts; Invoke is the Lambda function's.
  const used = operations.filter((operation) => !['TransactWriteItems', 'Invoke'].includes(operation));
  expect([...granted].sort()).toEqual([...new Set(used.map((one) => `dynamodb:${one}`))].sort());
});
