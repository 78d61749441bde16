import { CfnResource } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { MEMBERS, type MemberName, STORED_AS } from '../../model/item.ts';
import { EVERYTHING } from '../../proof/everything.ts';
import { type Resource, resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const { stack, template } = synthesize();
const tables = resources(template, 'AWS::DynamoDB::GlobalTable');
const items = tables.get('DataItems')!.Properties;
const changes = tables.get('DataChanges')!.Properties; // part: change-feed
const constraints = tables.get('DataConstraints')!.Properties;

/** The one region of a table. */
const replica = ({ Replicas }: Resource['Properties']) => Replicas[0];

test.each([...tables])('%s is in the region of the stack only', (_, { Properties }) => {
  expect(Properties.Replicas).toHaveLength(1);
  expect(replica(Properties).Region).toEqual({ Ref: 'AWS::Region' });
});

test.each([...tables])(
  '%s is on demand, expires by expiresAt and can be restored to any second',
  (_, { Properties }) => {
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
    expect(JSON.stringify(Properties)).not.toMatch(/Provisioned/);
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
    expect(replica(Properties).PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: true,
    });
  },
);

const ofIndex = ({ write }: { write: number }) => ({
  WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: write },
});

test.each([
  ['a stage of development', {}, 1000],
  ['a stage that says so', EVERYTHING, 5000],
])('%s has a maximum of units a second for each table and index', (_, context, most) => {
  const all = [...resources(synthesize(context).template, 'AWS::DynamoDB::GlobalTable').values()];
  const reads = { ReadOnDemandThroughputSettings: { MaxReadRequestUnits: most } };
  const writes = { WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: most } };

  for (const { Properties } of all) {
    const { GlobalSecondaryIndexes = [] } = replica(Properties);
    expect(Properties).toMatchObject(writes);
    expect(replica(Properties)).toMatchObject(reads);
    expect(Properties.GlobalSecondaryIndexes ?? []).toEqual(
      GlobalSecondaryIndexes.map(() => expect.objectContaining(writes)),
    );
    expect(GlobalSecondaryIndexes).toEqual(GlobalSecondaryIndexes.map(() => expect.objectContaining(reads)));
  }
});

test('production has none, unless it is given', () => {
  expect(JSON.stringify(synthesize({ stage: 'prod' }).template.toJSON())).not.toMatch(/OnDemandThroughput/);
});

test('items are found by id', () => {
  expect(items.KeySchema).toEqual([{ AttributeName: 'id', KeyType: 'HASH' }]);
});

test.each([
  ['byOwner', 'owner'],
  ['byKind', 'kind'], // part: validated-items
])('items are found %s, by the time of their last write', (IndexName, AttributeName) => {
  expect(items.GlobalSecondaryIndexes).toContainEqual({
    ...ofIndex({ write: 1000 }),
    IndexName,
    KeySchema: [
      { AttributeName, KeyType: 'HASH' },
      { AttributeName: 'updatedAt', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  });
});

interface Index {
  IndexName: string;
  KeySchema: { AttributeName: string }[];
}

test.each(items.GlobalSecondaryIndexes as Index[])(
  '$IndexName has keys that are members of items, of the type that they are stored as',
  ({ KeySchema }) => {
    const types = new Map(
      items.AttributeDefinitions.map(({ AttributeName, AttributeType }: Record<string, string>) => [
        AttributeName,
        AttributeType,
      ]),
    );

    for (const { AttributeName } of KeySchema) {
      expect(Object.keys(MEMBERS)).toContain(AttributeName);
      expect(types.get(AttributeName)).toBe(STORED_AS[MEMBERS[AttributeName as MemberName].type]);
    }
  },
);

test('constraints are found by pk', () => {
  expect(constraints.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }]);
  expect(constraints.AttributeDefinitions).toEqual([{ AttributeName: 'pk', AttributeType: 'S' }]);
});

// part: change-feed
test('changes are found by their log and their position in it', () => {
  expect(changes.KeySchema).toEqual([
    { AttributeName: 'log', KeyType: 'HASH' },
    { AttributeName: 'position', KeyType: 'RANGE' },
  ]);
  expect(
    changes.AttributeDefinitions.map(({ AttributeType }: { AttributeType: string }) => AttributeType),
  ).toEqual(['S', 'S']);
});

test('the stream of the items table tells what an item was and what it is', () => {
  expect(items.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
});
// end: change-feed

/** The path of a construct makes its logical id. With another one CloudFormation creates another table, pool or API, and removes the one with the data. */
test('what holds data, and what clients know by its id, stays at the paths of the first deployment', () => {
  const HOLDING = /^AWS::(AppSync::(GraphQLApi|ApiKey)|Cognito::|DynamoDB::|SQS::Queue$|Lambda::EventSource)/;
  const holding = stack.node
    .findAll()
    .filter((each) => CfnResource.isCfnResource(each) && HOLDING.test(each.cfnResourceType));

  expect(holding.map(({ node }) => node.path)).toEqual(
    expect.arrayContaining([
      'Items/ChangeFeed/DeadLetters/Resource', // part: change-feed
      'Items/ChangeFeed/ItemsStream/Resource', // part: change-feed
      'Items/Data/Changes/Resource', // part: change-feed
      'Items/Data/Constraints/Resource',
      'Items/Data/Items/Resource',
      'Items/ItemsApi/Api/DefaultApiKey',
      'Items/ItemsApi/Api/Resource',
      'Items/Users/Admins',
      'Items/Users/UserPool/Client/Resource',
      'Items/Users/UserPool/Resource',
    ]),
  );
});
