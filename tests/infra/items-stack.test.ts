import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiKeyExpiry } from '../../infra/api-key-expiry.ts';
import { readable, resources, theOnly } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const dev = synthesize();
const prod = synthesize({ stage: 'prod', name: 'shop' });

/** Types that cost nothing while nobody calls, but for the storage of tables and logs. */
const FREE_AT_REST = [
  'AWS::AppSync::ApiKey',
  'AWS::AppSync::DataSource',
  'AWS::AppSync::FunctionConfiguration',
  'AWS::AppSync::GraphQLApi',
  'AWS::AppSync::GraphQLSchema',
  'AWS::AppSync::Resolver',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::DynamoDB::GlobalTable',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
];

/** What each stage has besides, which docs/costs.md lists with its price. */
const LISTED: Record<string, string[]> = {
  dev: [],
  prod: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard'],
};

const propertyNames = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, of]) => [name, ...propertyNames(of)])
    : [];

describe.each([
  ['dev', dev],
  ['prod', prod],
])('%s, with nobody calling', (stage, { template }) => {
  test('has only what costs nothing but storage, and what the page of costs lists', () => {
    const types = [...resources(template).values()].map(({ Type }) => Type);

    expect([...new Set(types)].filter((type) => !FREE_AT_REST.includes(type)).sort()).toEqual(LISTED[stage]);
  });

  test('has provisioned, reserved or cached nothing', () => {
    const lambdas = [...resources(template, 'AWS::Lambda::Function').values()];

    expect(propertyNames(template.toJSON()).filter((name) => /Provisioned|Caching/.test(name))).toEqual([]);
    expect(lambdas).not.toEqual([]); // part: validated-items
    for (const { Properties } of lambdas) {
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');
      expect(Properties).not.toHaveProperty('SnapStart');
      expect(Properties).not.toHaveProperty('VpcConfig');
    }
  });

  test('keeps logs for a limited time', () => {
    for (const { Properties } of resources(template, 'AWS::Logs::LogGroup').values()) {
      expect(Properties.RetentionInDays).toBeGreaterThan(0);
    }
  });
});

describe('stages', () => {
  const STATEFUL = /^AWS::(DynamoDB::GlobalTable|Cognito::UserPool|Logs::LogGroup|SQS::Queue)$/;
  const stateful = ({ template }: typeof dev) =>
    [...resources(template)].filter(([, { Type }]) => STATEFUL.test(Type));
  const policies = (of: typeof dev) =>
    stateful(of).map(([id, { DeletionPolicy, UpdateReplacePolicy }]) => [
      id,
      DeletionPolicy,
      UpdateReplacePolicy,
    ]);
  const ids = stateful(dev).map(([id]) => id);

  test('hold state where data, users and logs are', () => {
    const types = new Set(stateful(dev).map(([, { Type }]) => Type));

    expect([...types].sort()).toEqual([
      'AWS::Cognito::UserPool',
      'AWS::DynamoDB::GlobalTable',
      'AWS::Logs::LogGroup',
      'AWS::SQS::Queue', // part: change-feed
    ]);
    expect(stateful(prod).map(([id]) => id)).toEqual(ids);
  });

  test('dev goes away without a trace', () => {
    expect(policies(dev)).toEqual(ids.map((id) => [id, 'Delete', 'Delete']));
  });

  test('prod retains tables, users and logs', () => {
    expect(policies(prod)).toEqual(ids.map((id) => [id, 'Retain', 'Retain']));
  });

  test.each([
    ['dev', dev, false, 'INACTIVE'],
    ['prod', prod, true, 'ACTIVE'],
  ])('%s: tables and users are protected against deletion or not', (_, { template }, table, pool) => {
    const tables = [...resources(template, 'AWS::DynamoDB::GlobalTable').values()];

    expect(tables.map(({ Properties }) => Properties.Replicas[0].DeletionProtectionEnabled)).toEqual(
      tables.map(() => table),
    );
    expect(theOnly(template, 'AWS::Cognito::UserPool').Properties.DeletionProtection).toBe(pool);
  });

  test('prod is protected against being deleted, dev is not', () => {
    expect([dev.stack.terminationProtection, prod.stack.terminationProtection]).toEqual([false, true]);
  });

  test.each([
    ['dev', dev, 'INFO'],
    ['prod', prod, 'ERROR'],
  ])('%s logs fields at its level', (_, { template }, level) => {
    const { LogConfig } = theOnly(template, 'AWS::AppSync::GraphQLApi').Properties;

    expect(LogConfig.FieldLogLevel).toBe(level);
  });

  test('bear tags, by which a budget counts', () => {
    expect(stackTags(prod)).toEqual({ application: 'shop', stage: 'prod', stack: 'shop-prod' });
  });

  test('bear their names', () => {
    expect([dev.stack.stackName, prod.stack.stackName]).toEqual(['appsync-items-dev', 'shop-prod']);
    expect(theOnly(prod.template, 'AWS::AppSync::GraphQLApi').Properties.Name).toBe('shop-prod');
  });

  test('differ in nothing else but the monitoring of production', () => {
    const [ofDev, ofProd] = [paths(dev), paths(prod)];
    const differing = Object.keys({ ...ofDev, ...ofProd }).filter((path) => ofDev[path] !== ofProd[path]);
    const kinds = differing
      .filter((path) => !path.startsWith('Resources.Monitoring'))
      .map((path) => path.replace(/^Resources\.\w+\./, '').replace(/\.\d+\./g, '.'));

    expect([...new Set(kinds)].sort()).toEqual([
      'DeletionPolicy',
      'Properties.DeletionProtection',
      'Properties.GlobalSecondaryIndexes.WriteOnDemandThroughputSettings.MaxWriteRequestUnits',
      'Properties.IntrospectionConfig',
      'Properties.LogConfig.ExcludeVerboseContent',
      'Properties.LogConfig.FieldLogLevel',
      'Properties.Name',
      'Properties.Replicas.DeletionProtectionEnabled',
      'Properties.Replicas.GlobalSecondaryIndexes.ReadOnDemandThroughputSettings.MaxReadRequestUnits',
      'Properties.Replicas.ReadOnDemandThroughputSettings.MaxReadRequestUnits',
      'Properties.WriteOnDemandThroughputSettings.MaxWriteRequestUnits',
      'UpdateReplacePolicy',
    ]);
  });

  /** Every value of the template by its path: `Resources.DataItems2E91B8E8.DeletionPolicy`. */
  const paths = ({ template }: typeof dev): Record<string, unknown> =>
    Object.fromEntries(leaves(template.toJSON(), []));

  const leaves = (value: unknown, path: string[]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, of]) => leaves(of, [...path, name]))
      : [[path.join('.'), value]];
});

/** Those that the CDK gives to CloudFormation, which gives them to each resource. */
function stackTags({ outdir }: typeof dev): unknown {
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  return artifacts.Items.properties.tags;
}

describe('outputs', () => {
  const outputs = Object.entries(dev.template.findOutputs('*'));

  test('tell a client where to go, and an operator when the API key ends', () => {
    expect(Object.fromEntries(outputs.map(([name, { Value }]) => [name, readable(Value)]))).toMatchObject({
      ApiKeyExpires: apiKeyExpiry().date.toISOString(),
      GraphQLUrl: 'ItemsApi.GraphQLUrl',
      RealtimeUrl: 'ItemsApi.RealtimeUrl',
      ApiId: 'ItemsApi.ApiId',
      UserPoolId: 'UsersUserPool',
      UserPoolClientId: 'UsersUserPoolClient',
    });
  });

  test('say what they are', () => {
    for (const [, { Description }] of outputs) {
      expect(Description).toMatch(/\w+/);
    }
  });
});

test('no function has an endpoint of AWS fixed: it finds that of its region, and an operator may name another', () => {
  const variables = [...resources(dev.template, 'AWS::Lambda::Function').values()].flatMap(({ Properties }) =>
    Object.keys(Properties.Environment?.Variables ?? {}),
  );

  expect(variables).toContain('ITEMS_TABLE'); // part: validated-items
  expect(variables.filter((name) => name.startsWith('AWS_'))).toEqual([]);
});
