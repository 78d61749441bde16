import { expect, test } from 'vitest';
import { type Resource, resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const tables = resources(synthesize().template, 'AWS::DynamoDB::GlobalTable');
const items = tables.get('DataItems')!.Properties;
const changes = tables.get('DataChanges')!.Properties;
const constraints = tables.get('DataConstraints')!.Properties;

/** The one region of a table. */
const replica = ({ Replicas }: Resource['Properties']) => Replicas[0];

test('there are three tables, for items, constraints and changes, in the region of the stack only', () => {
  expect([...tables.keys()].sort()).toEqual(['DataChanges', 'DataConstraints', 'DataItems']);
  expect(items.Replicas).toHaveLength(1);
  expect(constraints.Replicas).toHaveLength(1);
  expect(changes.Replicas).toHaveLength(1);
  expect(replica(items).Region).toEqual({ Ref: 'AWS::Region' });
  expect(replica(constraints).Region).toEqual({ Ref: 'AWS::Region' });
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

test('items are found by id, by owner and by kind, the latter two by the time of their last write', () => {
  expect(items.KeySchema).toEqual([{ AttributeName: 'id', KeyType: 'HASH' }]);
  expect(items.GlobalSecondaryIndexes).toEqual(
    [
      ['byOwner', 'owner'],
      ['byKind', 'kind'],
    ].map(([IndexName, AttributeName]) => ({
      IndexName,
      KeySchema: [
        { AttributeName, KeyType: 'HASH' },
        { AttributeName: 'updatedAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    })),
  );
  expect(
    items.AttributeDefinitions.every(({ AttributeType }: { AttributeType: string }) => AttributeType === 'S'),
  ).toBe(true);
});

test('constraints are found by pk', () => {
  expect(constraints.KeySchema).toEqual([{ AttributeName: 'pk', KeyType: 'HASH' }]);
  expect(constraints.AttributeDefinitions).toEqual([{ AttributeName: 'pk', AttributeType: 'S' }]);
});

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
