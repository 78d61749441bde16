import { describe, expect, test } from 'vitest';
import { allow, deny, roleWith, TABLE } from './harness/roles.ts';

const GET = { action: 'dynamodb:GetItem', resource: TABLE };
const who =
  'User: arn:aws:sts::111122223333:assumed-role/Items-Role/APPSYNC_ASSUME_ROLE is not authorized to perform: ' +
  `dynamodb:GetItem on resource: ${TABLE}`;

describe('an action on a resource', () => {
  test.each([
    ['by name', allow('dynamodb:GetItem', TABLE)],
    ['in another case', allow('DynamoDB:getitem', TABLE)],
    ['in a list', allow(['dynamodb:Query', 'dynamodb:GetItem'], ['arn:aws:s3:::x', TABLE])],
    ['by a pattern', allow('dynamodb:Get*', 'arn:aws:dynamodb:*:*:table/I?ems')],
    ['as everything', allow('*', '*')],
    ['as what is not excluded', { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::*' }],
    ['by a statement that is no list', allow('dynamodb:GetItem', TABLE)],
  ])('is allowed %s', (_, statement) => {
    expect(roleWith(statement).judge(GET)).toBeUndefined();
  });

  test.each([
    ['another action', allow('dynamodb:GetItems', TABLE)],
    ['another table', allow('dynamodb:*', `${TABLE}2`)],
    ['an index of the table', allow('dynamodb:*', `${TABLE}/index/*`)],
    ['the table in another region', allow('dynamodb:*', TABLE.replace('us-east-1', 'eu-west-1'))],
    ['everything but it', { Effect: 'Allow', NotAction: 'dynamodb:Get*', Resource: '*' }],
    ['every other resource', { Effect: 'Allow', Action: '*', NotResource: TABLE }],
    ['a literal asterisk', allow('dynamodb:GetItem', TABLE.replace('Items', '${*}'))],
  ])('is refused where the policy allows %s', (_, statement) => {
    expect(roleWith(statement).judge(GET)?.message).toBe(
      `${who} because no identity-based policy allows the dynamodb:GetItem action`,
    );
  });

  test('a Deny wins over an Allow', () => {
    const role = roleWith([allow('dynamodb:*', '*'), deny('dynamodb:Get*', TABLE)]);

    expect(role.judge(GET)?.message).toBe(`${who} with an explicit deny in an identity-based policy`);
    expect(role.judge({ ...GET, action: 'dynamodb:PutItem' })).toBeUndefined();
  });

  test('a permissions boundary has to allow it too', () => {
    const boundary = {
      documents: [{ Statement: allow('dynamodb:Query', '*') }],
      otherPolicies: [],
    };

    expect(roleWith(allow('*', '*'), { boundary }).judge(GET)?.message).toBe(
      `${who} because no permissions boundary allows the dynamodb:GetItem action`,
    );
  });
});

describe('what is not known here', () => {
  test('a policy that is not in the template may allow anything, and forbids nothing', () => {
    const role = roleWith([deny('dynamodb:Scan', '*')], {
      otherPolicies: ['arn:aws:iam::111122223333:policy/Ours'],
    });

    expect(role.unread).toEqual(['arn:aws:iam::111122223333:policy/Ours']);
    expect(role.judge(GET)).toBeUndefined();
    expect(role.judge({ ...GET, action: 'dynamodb:Scan' })).toBeDefined();
  });

  test.each([
    ['AmazonDynamoDBFullAccess', true],
    ['AmazonDynamoDBReadOnlyAccess', true],
    ['AdministratorAccess', true],
    ['PowerUserAccess', true],
    ['service-role/AWSLambdaBasicExecutionRole', false],
    ['service-role/AWSLambdaDynamoDBExecutionRole', false],
  ])("AWS's own policy %s is known", (name, allows) => {
    const role = roleWith([], { otherPolicies: [`arn:aws:iam::aws:policy/${name}`] });

    expect(role.unread).toEqual([]);
    expect(role.judge(GET) === undefined).toBe(allows);
  });

  test('a resource that cannot be resolved counts for the actions it stands beside, and only these', () => {
    const role = roleWith([allow('dynamodb:GetItem', null), deny('dynamodb:GetItem', null)]);

    expect(role.judge(GET)).toBeUndefined();
    expect(role.judge({ ...GET, action: 'dynamodb:PutItem' })).toBeDefined();
  });

  test('a policy variable may stand for anything', () => {
    const role = roleWith(allow('dynamodb:GetItem', TABLE.replace('Items', '${aws:PrincipalTag/table}')));

    expect(role.judge(GET)).toBeUndefined();
    expect(role.judge({ ...GET, resource: 'arn:aws:s3:::bucket' })).toBeDefined();
  });
});

describe('conditions', () => {
  const own = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['alice'] } };
  const withKeys = (keys: string[] | null) => ({
    ...GET,
    context: () => new Map([['dynamodb:leadingkeys', keys]]),
  });

  test('are asked for each request, not once for all', () => {
    const role = roleWith(allow('dynamodb:GetItem', TABLE, { Condition: own }));

    expect(role.judge(withKeys(['alice']))).toBeUndefined();
    expect(role.judge(withKeys(['bob']))).toBeDefined();
    expect(role.judge(withKeys(['alice', 'bob']))).toBeDefined();
    expect(role.judge(withKeys(['alice']))).toBeUndefined();
  });

  test.each([
    ['StringEquals', { 'aws:RequestedRegion': 'us-east-1' }, true],
    ['StringEquals', { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] }, false],
    ['StringNotEquals', { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] }, true],
    ['StringNotEquals', { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] }, false],
    ['StringLike', { 'aws:RequestedRegion': 'us-*' }, true],
    ['ArnLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Items-*' }, true],
    ['Bool', { 'aws:SecureTransport': 'true' }, true],
    ['Bool', { 'aws:SecureTransport': false }, false],
    ['Null', { 'dynamodb:LeadingKeys': 'true' }, true],
    ['Null', { 'dynamodb:LeadingKeys': 'false' }, false],
    ['StringEquals', { 'dynamodb:LeadingKeys': 'alice' }, false],
    ['StringEqualsIfExists', { 'dynamodb:LeadingKeys': 'alice' }, true],
    ['ForAllValues:StringEquals', { 'dynamodb:LeadingKeys': 'alice' }, true],
    ['ForAnyValue:StringEquals', { 'dynamodb:LeadingKeys': 'alice' }, false],
  ])('%s %o holds: %s', (operator, keys, holds) => {
    const role = roleWith(allow('dynamodb:GetItem', TABLE, { Condition: { [operator]: keys } }));

    expect(role.judge(GET) === undefined).toBe(holds);
  });

  test.each([
    ['a key that has no value here', { StringEquals: { 'aws:ResourceTag/team': 'a' } }],
    ['an operator that is not known here', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['a policy variable', { StringEquals: { 'dynamodb:LeadingKeys': '${aws:username}' } }],
  ])('%s lets an Allow count and a Deny not', (_, Condition) => {
    expect(roleWith(allow('dynamodb:*', '*', { Condition })).judge(GET)).toBeUndefined();
    expect(roleWith([allow('*', '*'), deny('dynamodb:*', '*', { Condition })]).judge(GET)).toBeUndefined();
  });

  test('keys that a request names in a way that cannot be read count as unknown', () => {
    const role = roleWith(allow('dynamodb:GetItem', TABLE, { Condition: own }));

    expect(role.judge(withKeys(null))).toBeUndefined();
  });
});

test('says which grants a request has needed', () => {
  const role = roleWith([
    allow(['dynamodb:GetItem', 'dynamodb:Scan'], [TABLE, `${TABLE}/index/*`]),
    allow(['logs:PutLogEvents'], '*'),
  ]);

  role.judge(GET);
  role.judge({ action: 'dynamodb:Query', resource: TABLE });

  expect(role.grants()).toEqual([
    { role: 'ItemsRole', action: 'dynamodb:GetItem', resource: TABLE, used: true },
    { role: 'ItemsRole', action: 'dynamodb:GetItem', resource: `${TABLE}/index/*`, used: false },
    { role: 'ItemsRole', action: 'dynamodb:Scan', resource: TABLE, used: false },
    { role: 'ItemsRole', action: 'dynamodb:Scan', resource: `${TABLE}/index/*`, used: false },
  ]);
});
