import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPython } from '../../../src/ground/python.ts';
import { StartFailure } from '../../../src/ground/start-failure.ts';
import { apiId, changed, minimalResources, readWith, resource } from './harness/minimal-api.ts';

/*
 * README's table of what runs says the truth: every name in it is put into a small app, which runs it, starts without it, or is refused.
 */

type Json = Record<string, unknown>;

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

const VERDICTS = ['runs', 'starts without it', 'refused'] as const;
type Verdict = (typeof VERDICTS)[number];

/** The names in the cells of a row. */
function cellsOf(part: string): Record<Verdict, string[]> {
  const row = readme.split('\n').find((line) => line.startsWith(`| ${part} `))!;
  const [, , ...cells] = row.split('|');
  return Object.fromEntries(
    VERDICTS.map((verdict, index) => [
      verdict,
      [...cells[index]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
    ]),
  ) as Record<Verdict, string[]>;
}

function verdictOf(resources: Json): Verdict {
  try {
    const { unavailable, notRun } = readWith(resources);
    return unavailable.length + notRun.length > 0 ? 'starts without it' : 'runs';
  } catch (error) {
    expect(error).toBeInstanceOf(StartFailure);
    return 'refused';
  }
}

const lambda = (properties: Json): Json => ({
  Function: resource('AWS::Lambda::Function', {
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Code: { ZipFile: 'exports.handler = async () => 1' },
    ...properties,
  }),
});
const functionArn = { 'Fn::GetAtt': ['Function', 'Arn'] };
const table = {
  Table: resource('AWS::DynamoDB::Table', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  }),
};
const tableName = { Ref: 'Table' };

/** What a data source of a type is configured with; others need nothing here. */
const configs: Record<string, Json> = {
  AMAZON_DYNAMODB: { DynamoDBConfig: { TableName: tableName, AwsRegion: 'us-east-1' } },
  AWS_LAMBDA: { LambdaConfig: { LambdaFunctionArn: functionArn } },
  HTTP: { HttpConfig: { Endpoint: 'https://example.com' } },
  AMAZON_EVENTBRIDGE: {
    EventBridgeConfig: { EventBusArn: 'arn:aws:events:us-east-1:123456789012:event-bus/default' },
  },
};

const dataSource = (type: string): Json => ({
  ...lambda({}),
  ...table,
  ...changed('Local', { Type: type, ...configs[type] }),
});

const modes: Record<string, Json> = {
  AMAZON_COGNITO_USER_POOLS: { UserPoolConfig: { UserPoolId: 'us-east-1_a', DefaultAction: 'ALLOW' } },
  OPENID_CONNECT: { OpenIDConnectConfig: { Issuer: 'https://example.com' } },
  AWS_LAMBDA: { LambdaAuthorizerConfig: { AuthorizerUri: functionArn } },
};

const codes: Record<string, Json> = {
  APPSYNC_JS: {},
  VTL: { Code: undefined, Runtime: undefined, RequestMappingTemplate: '{}' },
  SyncConfig: { SyncConfig: { ConflictDetection: 'VERSION' } },
};

const callers: Record<string, Json> = {
  'AWS::Lambda::EventSourceMapping': {
    FunctionName: functionArn,
    StartingPosition: 'LATEST',
    EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
  },
  'AWS::Events::Rule': { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'one', Arn: functionArn }] },
};

const apis: Record<string, Json> = {
  'AWS::AppSync::GraphQLApi': {},
  'AWS::AppSync::Api': { Events: resource('AWS::AppSync::Api', { Name: 'events' }) },
  'AWS::AppSync::ApiCache': {
    Cache: resource('AWS::AppSync::ApiCache', { ApiId: apiId, Type: 'SMALL', Ttl: 60 }),
  },
  MERGED: changed('Api', { ApiType: 'MERGED' }),
};

/** The app that a name of each row is put into. */
const parts: Record<string, (name: string) => Json> = {
  'data sources': dataSource,
  'resolvers, AppSync functions': (name) => changed('TaskResolver', codes[name]!),
  'Lambda functions': (name) => ({
    ...dataSource('AWS_LAMBDA'),
    ...lambda(name === 'Image' ? { PackageType: 'Image', Code: { ImageUri: 'x' } } : { Runtime: name }),
  }),
  authorization: (name) => ({
    ...lambda({}),
    ...changed('Api', { AuthenticationType: name, ...modes[name] }),
  }),
  'what calls functions': (name) => ({ ...lambda({}), ...table, Caller: resource(name, callers[name]) }),
  APIs: (name) => apis[name]!,
  'all other resources': (name) => ({ Other: resource(name) }),
};

const isHere = (name: string): boolean => !name.startsWith('python3') || findPython('3') !== undefined;

describe.each(Object.entries(parts))('of %s', (part, app) => {
  const cells = cellsOf(part);
  const named = VERDICTS.flatMap((verdict) =>
    cells[verdict].filter((name) => name !== 'python3').map((name) => [name, verdict] as const),
  );

  it.each(named.filter(([name]) => isHere(name)))('%s: %s', (name, verdict) => {
    expect(verdictOf(app(name))).toBe(verdict);
  });
});

it('the table has every type of data source that AppSync has', () => {
  const cells = cellsOf('data sources');

  expect(() => readWith(dataSource('PAPER'))).toThrow(
    `it must be one of ${[...cells['runs'], ...cells['starts without it']].join(', ')}`,
  );
});

it('the least app runs whole', () => {
  expect(Object.keys(minimalResources)).toContain('TaskResolver');
  expect(verdictOf({})).toBe('runs');
});
