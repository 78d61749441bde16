import { expect, test, vi } from 'vitest';
import { openRoles } from '../../../src/start/roles.ts';
import { readWith, resource } from '../template/harness/minimal-api.ts';

const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const table = (more: Record<string, unknown> = {}) =>
  resource('AWS::DynamoDB::Table', {
    TableName: 'items',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...more,
  });
const source = (ServiceRoleArn: unknown) =>
  resource('AWS::AppSync::DataSource', {
    ApiId: apiId,
    Name: 'Items',
    Type: 'AMAZON_DYNAMODB',
    ServiceRoleArn,
    DynamoDBConfig: { TableName: 'items', AwsRegion: 'us-east-1' },
  });
const role = (more: Record<string, unknown> = {}, ...Statement: unknown[]) =>
  resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [] },
    Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }],
    ...more,
  });
const own = { 'Fn::GetAtt': ['ItemsRole', 'Arn'] };

function open(resources: Record<string, Record<string, unknown>>) {
  const app = readWith(resources);
  const report = vi.fn<(line: string) => void>();
  const roles = openRoles(app, report);
  const dataSource = app.api.dataSources.find(({ name }) => name === 'Items')!;
  const judge = roles.ofDataSource(dataSource);
  const may = (action: string): boolean =>
    judge?.({ action: `dynamodb:${action}`, resource: app.tables[0]!.arn }) === undefined;
  return { roles, report, may };
}

test('a refusal is told in the terminal once, with the logical id of the role', () => {
  const { may, report } = open({ Items: table(), Source: source(own), ItemsRole: role() });

  expect([may('GetItem'), may('GetItem'), may('Scan')]).toEqual([false, false, false]);
  expect(report.mock.calls.map(([line]) => line)).toEqual([
    expect.stringMatching(/dynamodb:GetItem on resource: .*\(role ItemsRole\); AWS would refuse it too$/),
    expect.stringMatching(/dynamodb:Scan on resource: .*\(role ItemsRole\)/),
  ]);
});

test.each([
  ['is not in the template', 'arn:aws:iam::111122223333:role/theirs', {}, 'its role is not in the template'],
  [
    'has a policy that is not',
    own,
    { ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/Theirs'] },
    'its role has arn:aws:iam::111122223333:policy/Theirs',
  ],
])('nothing is refused for want of a grant where the role %s, and a note says so', (_, arn, more, reason) => {
  const { may, roles, report } = open({ Items: table(), Source: source(arn), ItemsRole: role(more) });

  expect(may('GetItem')).toBe(true);
  expect(roles.notes).toEqual([
    `IAM: calls are never refused for a missing grant if they are made by data source Items (${reason}).`,
  ]);
  expect(report).not.toHaveBeenCalled();
});

test.each([
  ['a table', { ResourcePolicy: { PolicyDocument: { Statement: [] } } }],
  [
    'a replica',
    { Replicas: [{ Region: 'us-east-1', ResourcePolicy: { PolicyDocument: { Statement: [] } } }] },
  ],
])('the resource-based policy of %s may allow what the role does not, but for a Deny', (_, more) => {
  const { may } = open({
    Items: table(more),
    Source: source(own),
    ItemsRole: role({}, { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' }),
  });

  expect([may('GetItem'), may('Scan')]).toEqual([true, false]);
});

test('a grant is used when a session of its role has needed it', () => {
  const { may, roles } = open({
    Items: table(),
    Source: source(own),
    ItemsRole: role({}, { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: '*' }),
  });
  may('GetItem');

  expect(roles.grants().map(({ action, used }) => [action, used])).toEqual([
    ['dynamodb:GetItem', true],
    ['dynamodb:Query', false],
  ]);
});
