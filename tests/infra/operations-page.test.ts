import { describe, expect, test } from 'vitest';
import { QUERY_DEPTH, RESOLVER_COUNT } from '../../infra/items-api.ts';
import { page, section, tableRows } from '../docs/harness/pages.ts';
import { type Resource, resources, theOnly } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * docs/operations.md against the template. Its tables of settings and alarms are computed (docs/operations/tables.ts).
 */

const operations = page('docs/operations.md');
const dev = synthesize();
const prod = synthesize({ stage: 'prod' });

const rowsBelow = (title: string): string[][] => tableRows(section(operations, `## ${title}`));

type Stage = typeof dev;

const of = ({ template }: Stage, ...types: string[]): Resource[] =>
  types.flatMap((type) => [...resources(template, type).values()]);

const api = ({ template }: Stage) => theOnly(template, 'AWS::AppSync::GraphQLApi').Properties;

/** What a stage has of the property, each value once. */
const each = <T>(found: Resource[], read: (resource: Resource) => T): T[] => [...new Set(found.map(read))];

const TABLE = 'AWS::DynamoDB::GlobalTable';
const DATA = [TABLE, 'AWS::Cognito::UserPool'];
const RECORDS = ['AWS::Logs::LogGroup', 'AWS::SQS::Queue'];

const isProtected = ({ Properties }: Resource): boolean =>
  Properties.DeletionProtection === 'ACTIVE' || Properties.Replicas?.[0].DeletionProtectionEnabled === true;

const unitsOf = ({ Properties }: Resource): unknown =>
  Properties.WriteOnDemandThroughputSettings?.MaxWriteRequestUnits;

describe('what the page says of stages', () => {
  /** Of each row, what dev and prod have of it. */
  const FACTS: Record<string, (stage: Stage) => unknown> = {
    'tables, user pool': (stage) => [
      each(of(stage, ...DATA), ({ DeletionPolicy }) => DeletionPolicy),
      each(of(stage, ...DATA), isProtected),
    ],
    'log groups, dead letters': (stage) => [
      each(of(stage, ...RECORDS), ({ DeletionPolicy }) => DeletionPolicy),
      each(of(stage, 'AWS::Logs::LogGroup'), ({ Properties }) => Properties.RetentionInDays),
    ],
    'field logs of AppSync': (stage) => [
      api(stage).LogConfig.FieldLogLevel,
      api(stage).LogConfig.ExcludeVerboseContent,
    ],
    '[alarms and dashboard](#alarms)': (stage) => of(stage, 'AWS::CloudWatch::Dashboard').length,
    'the stack': ({ stack }) => stack.terminationProtection,
    introspection: (stage) => api(stage).IntrospectionConfig,
    'units of tables and indexes': (stage) => each(of(stage, TABLE), unitsOf),
  };

  test.each([
    [
      'tables, user pool',
      /^deleted with the stack$/,
      [['Delete'], [false]],
      /stay .* deletion protection/,
      [['Retain'], [true]],
    ],
    [
      'log groups, dead letters',
      /^deleted with the stack$/,
      [['Delete'], [30]],
      /stay; .* 30 days in both/,
      [['Retain'], [30]],
    ],
    [
      'field logs of AppSync',
      /^`INFO`, with contexts$/,
      ['INFO', false],
      /^`ERROR`: .*without contexts/,
      ['ERROR', true],
    ],
    ['[alarms and dashboard](#alarms)', /^with `alarmEmail` or `alarmTopic`$/, 0, /^always$/, 1],
    ['the stack', /^can be destroyed$/, false, /^has termination protection$/, true],
    ['introspection', /^on$/, 'ENABLED', /^off$/, 'DISABLED'],
    ['units of tables and indexes', /^1,000 a second/, [1000], /^no maximum/, [undefined]],
  ])('%s', (name, saidOfDev, inDev, saidOfProd, inProd) => {
    const row = rowsBelow('Stages').find(([what]) => what === name);

    expect(row).toEqual([name, expect.stringMatching(saidOfDev), expect.stringMatching(saidOfProd)]);
    expect([FACTS[name]!(dev), FACTS[name]!(prod)]).toEqual([inDev, inProd]);
  });

  test('is all in which they differ', () => {
    expect(rowsBelow('Stages').map(([name]) => name)).toEqual(Object.keys(FACTS));
    expect(withoutDifferences(prod)).toEqual(withoutDifferences(dev));
  });
});

/** The resources of a stage without what the table of stages names, and without its own name. */
function withoutDifferences({ template }: Stage): unknown {
  const { Resources } = JSON.parse(
    JSON.stringify(template.toJSON()).replaceAll(/appsync-items-(dev|prod)/g, 'NAME'),
  ) as { Resources: Record<string, Resource> };
  const kept = Object.entries(Resources).filter(([id]) => !/^(Monitoring|Scheduler)/.test(id));
  return Object.fromEntries(
    kept.map(([id, { DeletionPolicy: _, UpdateReplacePolicy: __, ...resource }]) => [
      id,
      JSON.parse(JSON.stringify(resource), (key, value: unknown) => (DIFFERS.has(key) ? undefined : value)),
    ]),
  );
}

const DIFFERS = new Set([
  'DeletionProtection',
  'DeletionProtectionEnabled',
  'FieldLogLevel',
  'ExcludeVerboseContent',
  'IntrospectionConfig',
  'ReadOnDemandThroughputSettings',
  'WriteOnDemandThroughputSettings',
  'Tags',
  'UserPoolTags',
]);

test('limits are those of the API', () => {
  const limits = new Map(rowsBelow('Limits').map(([what, value]) => [what, value]));

  expect(api(prod)).toMatchObject({ QueryDepthLimit: QUERY_DEPTH, ResolverCountLimit: RESOLVER_COUNT });
  expect(limits.get('fields below each other in a request')).toBe(`${QUERY_DEPTH}`);
  expect(limits.get('resolvers in a request')).toMatch(new RegExp(`^${RESOLVER_COUNT}:`));
});

test('everything is traced, and every table can be restored', () => {
  expect(api(prod).XrayEnabled).toBe(true);
  expect(each(of(prod, 'AWS::Lambda::Function'), ({ Properties }) => Properties.TracingConfig)).toEqual(
    of(prod, 'AWS::Lambda::Function').map(() => ({ Mode: 'Active' })),
  );
  expect(
    of(prod, TABLE).filter(
      ({ Properties }) => !Properties.Replicas[0].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
    ),
  ).toEqual([]);
});
