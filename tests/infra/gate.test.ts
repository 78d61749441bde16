import { describe, expect, test } from 'vitest';
import { lossesOf } from '../../deploy/gate/gate.ts';
import type { Template } from '../../deploy/gate/template.ts';
import {
  after,
  CLIENT,
  CONSTRAINTS,
  dev,
  type Edit,
  expectLosses,
  idOf,
  index,
  indexOf,
  ITEMS,
  KEY,
  MAPPING, // part: change-feed
  of,
  POOL,
  prod,
  recoveryOf,
  renamed,
} from './harness/edits.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * What the gate of `npm run deploy` says of edits of what holds data; gate-api.test.ts has those of the API.
 */

describe('refuses, by name', () => {
  test.each<[what: string, edit: Edit, names: string[], given?: Edit]>([
    [
      'another key of a table, which replaces it and all that follows its stream',
      (all) => (of(all, ITEMS).KeySchema[0].AttributeName = 'kind'),
      [
        `replace:${MAPPING}`, // part: change-feed
        `replace:${ITEMS}`,
      ],
    ],
    [
      'another type of a key',
      (all) => (of(all, CONSTRAINTS).AttributeDefinitions[0].AttributeType = 'N'),
      [`key:${CONSTRAINTS}`],
    ],
    [
      'a name for a table',
      (all) => (of(all, CONSTRAINTS).TableName = 'constraints'),
      [`replace:${CONSTRAINTS}`],
    ],
    ['a table that moves in the code', renamed(CONSTRAINTS), [`remove:${CONSTRAINTS}`]],
    ['a pool that moves in the code', renamed(POOL), [`remove:${POOL}`]],
    [
      'other names to sign in by',
      (all) => of(all, POOL).AliasAttributes.push('phone_number'),
      [`replace:${POOL}`],
    ],
    [
      'addresses in the place of names',
      (all) => (of(all, POOL).UsernameAttributes = ['email']),
      [`replace:${POOL}`],
    ],
    [
      'names that tell upper from lower case',
      (all) => (of(all, POOL).UsernameConfiguration = { CaseSensitive: true }),
      [`replace:${POOL}`],
    ],
    [
      'an attribute of users that is gone, and one that changes',
      (all) => (of(all, POOL).Schema = [{ Name: 'team', Mutable: false }]),
      [`attribute:${POOL}.region`, `attribute:${POOL}.team`],
      (all) => (of(all, POOL).Schema = [{ Name: 'team', Mutable: true }, { Name: 'region' }]),
    ],
    [
      'a second factor that everybody needs',
      (all) => (of(all, POOL).MfaConfiguration = 'ON'),
      [`sign-in:${POOL}`],
    ],
    [
      'a second factor that nobody is asked for',
      (all) => delete of(all, POOL).MfaConfiguration,
      [`sign-in:${POOL}`],
    ],
    ['another second factor', (all) => (of(all, POOL).EnabledMfas = ['EMAIL_OTP']), [`sign-in:${POOL}`]],
    [
      'a way to sign in that is gone',
      (all) => (of(all, CLIENT).ExplicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_AUTH']),
      [`sign-in:${CLIENT}`],
    ],
    [
      'another name of a group',
      (all) => (of(all, idOf('UsersAdmins')).GroupName = 'owners'),
      [`replace:${idOf('UsersAdmins')}`],
    ],
    ['an API key with another name', renamed(KEY), [`remove:${KEY}`]],
    ['a group that is gone', (all) => delete all[idOf('UsersAdmins')], [`remove:${idOf('UsersAdmins')}`]],
    [
      'another client of the pool',
      (all) => (of(all, idOf('UsersUserPoolClient')).GenerateSecret = true),
      [`replace:${idOf('UsersUserPoolClient')}`],
    ],
    [
      'an index that is gone',
      (all) => {
        const table = of(all, ITEMS);
        table.GlobalSecondaryIndexes = table.GlobalSecondaryIndexes.filter(
          (each: unknown) => each !== indexOf(all, 'byOwner'),
        );
      },
      [`index:${ITEMS}.byOwner`],
    ],
    [
      'an index with another key',
      (all) => indexOf(all, 'byOwner').KeySchema.pop(),
      [`index:${ITEMS}.byOwner`],
    ],
    [
      'an index with another projection',
      (all) => (indexOf(all, 'byOwner').Projection = { ProjectionType: 'KEYS_ONLY' }),
      [`index:${ITEMS}.byOwner`],
    ],
    [
      'two new indexes at once',
      (all) => of(all, ITEMS).GlobalSecondaryIndexes.push(index('one'), index('other')),
      [`indexes:${ITEMS}`],
    ],
    // part: change-feed
    ['a stream that is gone', (all) => delete of(all, ITEMS).StreamSpecification, [`stream:${ITEMS}`]],
    [
      'a stream of another view',
      (all) => (of(all, ITEMS).StreamSpecification.StreamViewType = 'NEW_IMAGE'),
      [`stream:${ITEMS}`],
    ],
    // end: change-feed
    [
      'expiry by another attribute',
      (all) => (of(all, ITEMS).TimeToLiveSpecification.AttributeName = 'version'),
      [`expiry:${ITEMS}`],
    ],
    ['no expiry', (all) => delete of(all, ITEMS).TimeToLiveSpecification, [`expiry:${ITEMS}`]],
    [
      'no point-in-time recovery',
      (all) => delete of(all, ITEMS).Replicas[0].PointInTimeRecoverySpecification,
      [`recovery:${ITEMS}`],
    ],
    [
      'a shorter point-in-time recovery',
      (all) => (recoveryOf(all).RecoveryPeriodInDays = 1),
      [`recovery:${ITEMS}`],
    ],
    [
      'a copy in another region that is gone',
      (all) => of(all, ITEMS).Replicas.pop(),
      [`replica:${ITEMS}.eu-west-3`],
      (all) => of(all, ITEMS).Replicas.push({ ...of(all, ITEMS).Replicas[0], Region: 'eu-west-3' }),
    ],
    [
      'a table that is no global one any more',
      (all) => (all[CONSTRAINTS]!.Type = 'AWS::DynamoDB::Table'),
      [`replace:${CONSTRAINTS}`],
    ],
    [
      'a key of encryption that is gone',
      (all) => delete all['TableKey'],
      ['remove:TableKey'],
      (all) => (all['TableKey'] = { Type: 'AWS::KMS::Key', Properties: {} }),
    ],
    // part: change-feed
    [
      'a mapping that reads the stream from elsewhere',
      (all) => (of(all, MAPPING).StartingPosition = 'LATEST'),
      [`replace:${MAPPING}`],
    ],
    ['a mapping that is off', (all) => (of(all, MAPPING).Enabled = false), [`reading:${MAPPING}`]],
    [
      'a mapping that leaves records out',
      (all) => (of(all, MAPPING).FilterCriteria = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] }),
      [`reading:${MAPPING}`],
    ],
    // end: change-feed
  ])('%s', async (_, edit, names, given) => {
    expectLosses(await after(edit, dev, given), names);
  });

  test('prod deployed as dev: everything that is no longer protected', async () => {
    const names = (await lossesOf(prod, dev)).map(({ name }) => name);

    expect(names).toEqual(expect.arrayContaining([`protection:${ITEMS}`, `protection:${POOL}`]));
    expect(names.filter((name) => !name.startsWith('protection:'))).toEqual([]);
  });

  // part: validated-items
  test('a kind whose schema changes, and one that is gone', async () => {
    const edited = structuredClone(dev);
    const kinds = edited.Metadata!['kinds'] as Record<string, string>;
    const [changed, gone] = Object.keys(kinds);
    kinds[changed!] = 'other';
    delete kinds[gone!];

    const losses = await lossesOf(dev, edited);

    expect(losses.map(({ name }) => name)).toEqual([`kind:${changed}`, `kind:${gone}`]);
  });
  // end: validated-items
});

test('says what becomes of a table, and that the new one is beside it', async () => {
  const [inDev] = await after(renamed(CONSTRAINTS));
  const [inProd] = await after(renamed(CONSTRAINTS), prod);

  expect(inDev!.what).toContain('CloudFormation would delete it');
  expect(inProd!.what).toContain('CloudFormation would leave it behind, outside the stack');
  expect(inDev!.instead).toContain(`overrideLogicalId('${CONSTRAINTS}')`);
});

test('refuses to let go of what settings had added', async () => {
  const more = { backupMonths: '12', signInUrls: 'https://example.com', ...DOMAIN };
  const before = synthesize(more).template.toJSON() as Template;

  const names = (await lossesOf(before, dev)).map(({ name }) => name.replace(/[0-9A-F]{8}$/, ''));

  expect(names).toEqual(
    expect.arrayContaining([
      'remove:MonthlyBackupsVault',
      'remove:UsersUserPoolDomain',
      'remove:ItemsApiDomainName',
    ]),
  );
});

const DOMAIN = {
  domain: 'api.example.com',
  certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
};

describe('lets pass', () => {
  test.each<[what: string, edit: Edit, given?: Edit]>([
    ['the same template', () => undefined],
    ['one more index', (all) => of(all, ITEMS).GlobalSecondaryIndexes.push(index('one'))],
    // part: validated-items
    [
      'other code of a function',
      (all) => (of(all, idOf('PutValidatedItemFunction')).Code.S3Key = 'other.zip'),
    ],
    // end: validated-items
    ['longer passwords', (all) => (of(all, POOL).Policies.PasswordPolicy.MinimumLength = 16)],
    ['a removed log group', (all) => delete all[idOf('ItemsApiLogs')]],
    [
      'another way to pay for a table, and its encryption with a key',
      (all) =>
        Object.assign(of(all, ITEMS), { BillingMode: 'PROVISIONED', SSESpecification: { SSEEnabled: true } }),
    ],
    [
      'a longer point-in-time recovery',
      (all) => delete recoveryOf(all).RecoveryPeriodInDays,
      (all) => (recoveryOf(all).RecoveryPeriodInDays = 7),
    ],
    ['one more attribute of users', (all) => (of(all, POOL).Schema = [{ Name: 'team' }])],
  ])('%s', async (_, edit, given) => {
    expect(await after(edit, dev, given)).toEqual([]);
  });

  test('dev deployed as prod', async () => {
    expect(await lossesOf(dev, prod)).toEqual([]);
  });
});
