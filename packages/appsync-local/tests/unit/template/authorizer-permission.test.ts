import { expect, test } from 'vitest';
import { changed, readWith, resource } from './harness/minimal-api.ts';

const authorizer = resource('AWS::Lambda::Function', {
  FunctionName: 'gate',
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Code: { ZipFile: 'exports.handler = async () => ({ isAuthorized: true });' },
  Role: 'arn:aws:iam::000000000000:role/any',
});
const arn = { 'Fn::GetAtt': ['Gate', 'Arn'] };
const api = changed('Api', {
  AuthenticationType: 'AWS_LAMBDA',
  LambdaAuthorizerConfig: { AuthorizerUri: arn },
});

const permission = (properties: Record<string, unknown> = {}) =>
  resource('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: arn,
    Principal: 'appsync.amazonaws.com',
    ...properties,
  });

/** Whether AppSync may invoke the authorizer of an app with these resources, and what the start says has no effect. */
function read(more: Record<string, unknown>) {
  const app = readWith({ Gate: authorizer, ...api, ...more });
  const [mode] = app.api.authModes;
  return {
    isPermitted: mode?.type === 'AWS_LAMBDA' && mode.notPermitted !== true,
    idle: app.notRun.map(({ logicalId }) => logicalId),
  };
}

test.each<[string, Record<string, unknown>]>([
  ['of the function’s ARN', {}],
  ['of its name', { FunctionName: { Ref: 'Gate' } }],
  ['of a version or alias', { FunctionName: { 'Fn::Sub': '${Gate.Arn}:live' } }],
  ['of the part of its ARN from the account on', { FunctionName: '000000000000:function:gate' }],
  ['of every action', { Action: 'lambda:*' }],
  ['for everybody', { Principal: '*' }],
  ['for this API', { SourceArn: { 'Fn::GetAtt': ['Api', 'Arn'] } }],
  ['for a pattern of APIs', { SourceArn: 'arn:aws:appsync:*:*:apis/*' }],
  ['of a function that has no value here', { FunctionName: { 'Fn::ImportValue': 'elsewhere' } }],
])('a permission %s lets AppSync invoke an authorizer', (_, properties) => {
  expect(read({ Permission: permission(properties) })).toEqual({ isPermitted: true, idle: [] });
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['none', {}, []],
  [
    'one for another service',
    { Permission: permission({ Principal: 'events.amazonaws.com' }) },
    ['Permission'],
  ],
  ['one of another function', { Permission: permission({ FunctionName: 'gatekeeper' }) }, []],
  ['one of another action', { Permission: permission({ Action: 'lambda:GetFunction' }) }, []],
  [
    'one for another API',
    { Permission: permission({ SourceArn: 'arn:aws:appsync:us-east-1:000000000000:apis/other' }) },
    [],
  ],
])('AppSync may not invoke an authorizer with %s', (_, more, idle) => {
  expect(read(more)).toEqual({ isPermitted: false, idle });
});

test('a function of another app has its permissions there', () => {
  const elsewhere = { AuthorizerUri: 'arn:aws:lambda:us-east-1:000000000000:function:elsewhere' };

  const app = readWith(
    changed('Api', { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: elsewhere }),
  );

  expect(app.api.authModes).toEqual([expect.not.objectContaining({ notPermitted: true })]);
});
