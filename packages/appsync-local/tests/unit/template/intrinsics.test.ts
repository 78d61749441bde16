import { describe, expect, test } from 'vitest';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { createStacks } from '../../../src/template/stacks.ts';
import { writeAssembly } from './harness/written-assembly.ts';

type Json = Record<string, unknown>;

const template: Json = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Unset: { Type: 'String' },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/tasks/limit' },
    BootstrapVersion: {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/cdk-bootstrap/hnb659fds/version',
    },
  },
  Mappings: { Limits: { 'us-east-1': { pages: 20, zones: ['x', 'y'] } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Both: {
      'Fn::And': [{ Condition: 'IsDev' }, { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] }],
    },
    Half: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    Neither: { 'Fn::Or': [{ Condition: 'IsProd' }, { 'Fn::Equals': [true, 'false'] }] },
    Alias: { Condition: 'IsProd' },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
  },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { 'Fn::Sub': 'tasks-${Stage}' } } },
    Unnamed: { Type: 'AWS::DynamoDB::Table' },
    Absent: { Type: 'AWS::DynamoDB::Table', Condition: 'IsProd' },
    Limit: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/tasks/limit', Value: '7' } },
    Left: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Right' } } },
    Right: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Left' } } },
    Odd: { Type: 'Custom::Odd' },
  },
};

const other: Json = {
  Resources: {},
  Outputs: {
    Named: {
      Value: { 'Fn::Sub': 'from ${AWS::StackName}' },
      Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Named' } },
    },
    Plain: { Value: 'plain' },
    Off: { Value: 'off', Condition: 'Never', Export: { Name: 'off' } },
  },
  Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
};

const assembly = loadAssembly(writeAssembly({ Tasks: { template }, Other: { template: other } }));
const scope = createStacks(assembly, {}).within(assembly.stacks[0]!)[0]!;
const resolve = (expression: unknown): unknown => scope.resolve(expression, 'resource Asking');

describe('an attribute of a resource that does not run here', () => {
  const arn = { 'Fn::GetAtt': ['Odd', 'Arn'] };
  const partOf = (expression: unknown, delimiter: string, index: number): Json => ({
    'Fn::Select': [index, { 'Fn::Split': [delimiter, expression] }],
  });

  test.each<[string, unknown]>([
    ['a part', partOf(arn, ':', 5)],
    ['a part of a part', partOf(partOf(arn, ':', 5), '/', 1)],
    ['a part of its name', partOf({ Ref: 'Odd' }, ':', 5)],
    ['a part of a text with it', partOf({ 'Fn::Join': ['', ['a:', arn]] }, ':', 5)],
    ['an item', { 'Fn::Select': [0, arn] }],
    ['its items, joined', { 'Fn::Join': [',', arn] }],
  ])('may be a text or a list on AWS, so %s is made up as well', (_, expression) => {
    expect(resolve(expression)).toMatch(/^Tasks-Odd-/);
  });
});

describe('intrinsic functions', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
    ['Ref of a list parameter', { Ref: 'Zones' }, ['a', 'b']],
    ['Ref of an SSM parameter', { Ref: 'FromSsm' }, '7'],
    ['Ref of a named table', { Ref: 'Table' }, 'tasks-dev'],
    [
      'Fn::GetAtt as a list',
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/tasks-dev',
    ],
    [
      'Fn::GetAtt as text',
      { 'Fn::GetAtt': 'Table.Arn' },
      'arn:aws:dynamodb:us-east-1:000000000000:table/tasks-dev',
    ],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${AWS::Region}/${Table}/${Table.Arn}/${!Kept}' },
      'us-east-1/tasks-dev/arn:aws:dynamodb:us-east-1:000000000000:table/tasks-dev/${Kept}',
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${A}-${Stage}', { A: { Ref: 'Table' } }] }, 'tasks-dev-dev'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }, 1]] }, 'a-dev-1'],
    ['Fn::Join over a list parameter', { 'Fn::Join': ['|', { Ref: 'Zones' }] }, 'a|b'],
    ['Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'x,y'] }] }, 'y'],
    ['Fn::If that holds', { 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    ['Fn::If that does not', { 'Fn::If': ['IsProd', 'yes', 'no'] }, 'no'],
    ['And, Or, Not', { 'Fn::If': ['Both', 'yes', 'no'] }, 'yes'],
    ['And of which one part is false', { 'Fn::If': ['Half', 'yes', 'no'] }, 'no'],
    ['Or of which no part holds', { 'Fn::If': ['Neither', 'yes', 'no'] }, 'no'],
    ['a condition that is another', { 'Fn::If': ['Alias', 'yes', 'no'] }, 'no'],
    ['AWS::NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    [
      'AWS::NoValue in an object',
      { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, b: 2 },
      { b: 2 },
    ],
    ['AWS::NoValue alone', { Ref: 'AWS::NoValue' }, undefined],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Limits', { Ref: 'AWS::Region' }, 'pages'] }, 20],
    ['Fn::FindInMap with a default', { 'Fn::FindInMap': ['Limits', 'eu', 'pages', { DefaultValue: 5 }] }, 5],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Other:Named' }, 'from Other'],
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Plain' } }, 'plain'],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['Fn::Length', { 'Fn::Length': { Ref: 'Zones' } }, 2],
    ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
    ['a dynamic reference to SSM', 'limit {{resolve:ssm:/tasks/limit:3}}', 'limit 7'],
    ['AWS::StackName', { Ref: 'AWS::StackName' }, 'Tasks'],
    ['AWS::AccountId', { Ref: 'AWS::AccountId' }, '000000000000'],
    [
      'AWS::Partition and AWS::URLSuffix',
      { 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' },
      'aws amazonaws.com',
    ],
    ['an object that only looks like a function', { Ref: 'Stage', more: 1 }, { Ref: 'Stage', more: 1 }],
  ])('resolves %s', (_title, expression, expected) => {
    const value = resolve(expression);

    expect(value).toEqual(expected);
  });

  test('resolves AWS::StackId to an ARN that stays the same', () => {
    const first = resolve({ Ref: 'AWS::StackId' });

    expect(first).toMatch(
      /^arn:aws:cloudformation:us-east-1:000000000000:stack\/Tasks\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(resolve({ Ref: 'AWS::StackId' })).toBe(first);
  });

  test('makes a table name up from stack and logical id', () => {
    const name = resolve({ Ref: 'Unnamed' });

    expect(name).toMatch(/^Tasks-Unnamed-[A-Z0-9]{12}$/);
  });
});

test('an attribute of a type nobody has heard of is made up of its name', () => {
  expect(resolve({ 'Fn::GetAtt': ['Odd', 'Data'] })).toMatch(/^Tasks-Odd-\w+\.Data$/);
});

describe('an expression without a value', () => {
  test.each<[string, unknown, string]>([
    [
      'an unknown resource',
      { Ref: 'Tabel' },
      `cannot resolve {"Ref":"Tabel"}: there is no resource or parameter 'Tabel' in the template`,
    ],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Table', 'Colour'] },
      `the local server does not support attribute 'Colour' of AWS::DynamoDB::Table; it knows 'Arn', 'StreamArn', 'TableId'`,
    ],
    [
      'a resource whose condition is false',
      { Ref: 'Absent' },
      'resource Absent is absent because its condition IsProd is false',
    ],
    [
      'a parameter without default',
      { Ref: 'Unset' },
      'parameter Unset has no value; pass --parameter Unset=VALUE, or give it a Default',
    ],
    [
      'an SSM parameter that is not there',
      { Ref: 'BootstrapVersion' },
      "no AWS::SSM::Parameter of the assembly has the name '/cdk-bootstrap/hnb659fds/version'",
    ],
    [
      'an unknown condition',
      { 'Fn::If': ['IsTest', 1, 2] },
      "there is no condition 'IsTest'; the template has 'IsDev', 'IsProd'",
    ],
    [
      'a circle of conditions',
      { 'Fn::If': ['Circle', 1, 2] },
      'it refers to itself through condition Circle',
    ],
    ['a circle of names', { Ref: 'Left' }, 'it refers to itself through Ref Left'],
    [
      'an unknown mapping',
      { 'Fn::FindInMap': ['Limits', 'eu', 'pages'] },
      "mapping 'Limits' has no eu.pages",
    ],
    [
      'an export nobody makes',
      { 'Fn::ImportValue': 'nobody' },
      "no stack of the assembly exports 'nobody'; there is 'Other:Named'",
    ],
    [
      'an export whose condition is false',
      { 'Fn::ImportValue': 'off' },
      "no stack of the assembly exports 'off'",
    ],
    [
      'an output that is not there',
      { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'X' } },
      "stack Other has no output 'X'; it has 'Named', 'Plain', 'Off'",
    ],
    ['a function it does not know', { 'Fn::Transform': {} }, 'the local server does not know Fn::Transform'],
    [
      'a secret',
      '{{resolve:secretsmanager:db:SecretString:password}}',
      'a reference to secretsmanager has no value outside AWS',
    ],
    [
      'a secret put together',
      { 'Fn::Join': ['', ['{{resolve:secretsmanager:', 'db', '}}']] },
      'a reference to secretsmanager has no value outside AWS',
    ],
    ['an index out of bounds', { 'Fn::Select': [2, ['a']] }, 'there is no item 2 in a list of 1'],
    [
      'a pseudo parameter it does not know',
      { Ref: 'AWS::Moon' },
      'CloudFormation has no pseudo parameter AWS::Moon',
    ],
    ['text that is none', { 'Fn::Join': ['-', [{ a: 1 }]] }, '{"a":1} is not a string'],
  ])('%s is refused with its reason', (_title, expression, reason) => {
    const act = () => resolve(expression);

    expect(act).toThrow(reason);
    expect(act).toThrow(expect.objectContaining({ name: 'StartFailure' }));
  });

  test('is named by stack, resource and the innermost expression', () => {
    const act = () => resolve({ 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Nowhere', 'Arn'] }]] });

    expect(act).toThrow('stack Tasks, resource Asking: cannot resolve {"Fn::GetAtt":["Nowhere","Arn"]}: ');
  });
});

describe('an environment in the manifest', () => {
  test('decides region and account', () => {
    const [stack] = loadAssembly(
      writeAssembly({ There: { template: { Resources: {} }, environment: 'aws://123456789012/eu-west-1' } }),
    ).stacks;

    expect(stack).toMatchObject({ region: 'eu-west-1', accountId: '123456789012' });
  });
});
