import { describe, expect, test } from 'vitest';
import { lossesOf } from '../../deploy/gate/gate.ts';
import type { Resource, Template } from '../../deploy/gate/template.ts';
import { synthesize } from './harness/synthesized.ts';

/*
 * What the gate of `npm run deploy` says of edits of the stack. The templates are synthesized; an edit is made in the one that
 * counts as new, as if somebody had changed infra/ or schema/.
 */

const dev = synthesize().template.toJSON() as Template;
const prod = synthesize({ stage: 'prod' }).template.toJSON() as Template;

/** The logical id of the only resource whose id begins so, the hash aside. */
function idOf(name: string): string {
  const ids = Object.keys(dev.Resources).filter((id) => id.replace(/[0-9A-F]{8}$/, '') === name);
  expect(ids).toHaveLength(1);
  return ids[0]!;
}

const ITEMS = idOf('DataItems');
const CONSTRAINTS = idOf('DataConstraints');
const POOL = idOf('UsersUserPool');
const API = idOf('ItemsApi');
const KEY = idOf('ItemsApiDefaultApiKey');
const MAPPING = idOf('ChangeFeedItemsStream'); // part: change-feed
const SCHEMA = Object.entries(dev.Resources).find(
  ([, { Type }]) => Type === 'AWS::AppSync::GraphQLSchema',
)![0];

type Edit = (resources: Record<string, Resource>) => void;

async function after(edit: Edit, before = dev) {
  const edited = structuredClone(before);
  edit(edited.Resources);
  return lossesOf(before, edited);
}

// Tests name the properties that they change, so CloudFormation's types would add nothing.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const of = (resources: Record<string, Resource>, id: string): any => resources[id]!.Properties;

const inSchema =
  (text: string, other: string): Edit =>
  (resources) => {
    const properties = of(resources, SCHEMA);
    expect(properties.Definition).toContain(text);
    properties.Definition = properties.Definition.replace(text, other);
  };

const renamed =
  (id: string): Edit =>
  (resources) => {
    resources[`${id}Other`] = resources[id]!;
    delete resources[id];
  };

/** An index of the table of items. */
const indexOf = (resources: Record<string, Resource>, name: string) =>
  of(resources, ITEMS).GlobalSecondaryIndexes.find(
    ({ IndexName }: { IndexName: string }) => IndexName === name,
  );

const index = (IndexName: string) => ({
  IndexName,
  KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
});

describe('refuses, by name', () => {
  test.each<[what: string, edit: Edit, names: string[]]>([
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
    ['an API that moves in the code', renamed(API), [`remove:${API}`]],
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
    [
      'no point-in-time recovery',
      (all) => delete of(all, ITEMS).Replicas[0].PointInTimeRecoverySpecification,
      [`recovery:${ITEMS}`],
    ],
    // part: change-feed
    [
      'a mapping that reads the stream from elsewhere',
      (all) => (of(all, MAPPING).StartingPosition = 'LATEST'),
      [`replace:${MAPPING}`],
    ],
    // end: change-feed
    [
      'a field that is gone',
      inSchema('getItem(id: ID!): Item', 'itemOf(id: ID!): Item'),
      ['schema:Query.getItem'],
    ],
    [
      'an argument that becomes required',
      inSchema('getItems(ids: [ID!]!)', 'getItems(ids: [ID!]!, all: Boolean!)'),
      ['schema:Query.getItems.all'],
    ],
    [
      'a field that may be null from now on',
      inSchema(
        'createdAt: AWSDateTime!\n  "When the item was last',
        'createdAt: AWSDateTime\n  "When the item was last',
      ),
      ['schema:Item.createdAt'],
    ],
    [
      'a mutation that a subscription no longer hears of',
      inSchema('mutations: ["updateItem"]', 'mutations: ["putItem"]'),
      ['subscription:Subscription.onUpdateItem'],
    ],
    [
      'a mode that the API no longer takes',
      (all) => of(all, API).AdditionalAuthenticationProviders.shift(),
      ['access:AWS_IAM'],
    ],
    [
      'a type that is closed to API keys, field by field',
      inSchema('type ItemConnection @aws_api_key @aws_iam', 'type ItemConnection @aws_iam'),
      ['access:ItemConnection.items', 'access:ItemConnection.nextToken'],
    ],
    [
      'a field that only a group may ask for',
      inSchema(
        '  getItem(id: ID!): Item',
        '  getItem(id: ID!): Item @aws_api_key @aws_iam @aws_cognito_user_pools(cognito_groups: ["Admins"])',
      ),
      ['access:Query.getItem'],
    ],
  ])('%s', async (_, edit, names) => {
    const losses = await after(edit);

    expect(losses.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { what, instead } of losses) {
      expect([what, instead]).toEqual([
        expect.stringMatching(/^\S.+\.$/s),
        expect.stringMatching(/^\S.+\.$/s),
      ]);
    }
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
  test.each<[what: string, edit: Edit]>([
    ['the same template', () => undefined],
    ['one more index', (all) => of(all, ITEMS).GlobalSecondaryIndexes.push(index('one'))],
    ['a new field', inSchema('  getItem(id: ID!): Item', '  getItem(id: ID!): Item\n  more: String')],
    [
      'a field that is deprecated',
      inSchema('  getItem(id: ID!): Item', '  getItem(id: ID!): Item @deprecated'),
    ],
    [
      'a field that more callers may ask for',
      inSchema(
        '@aws_subscribe(mutations: ["deleteItem"])',
        '@aws_subscribe(mutations: ["deleteItem"]) @aws_api_key',
      ),
    ],
    // part: validated-items
    [
      'other code of a function',
      (all) => (of(all, idOf('PutValidatedItemFunction')).Code.S3Key = 'other.zip'),
    ],
    // end: validated-items
    ['longer passwords', (all) => (of(all, POOL).Policies.PasswordPolicy.MinimumLength = 16)],
    ['a removed log group', (all) => delete all[idOf('ItemsApiLogs')]],
  ])('%s', async (_, edit) => {
    expect(await after(edit)).toEqual([]);
  });

  test('dev deployed as prod', async () => {
    expect(await lossesOf(dev, prod)).toEqual([]);
  });
});
