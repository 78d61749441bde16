import { describe, expect, it } from 'vitest';
import { shapesDiffer } from '../../../src/snapshots/restore.ts';
import type { SnapshotTable } from '../../../src/snapshots/snapshot.ts';

const table = (TableName: string, key = 'id'): SnapshotTable => ({
  TableName,
  ItemCount: 0,
  KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
});

describe('tables of a snapshot fit a data directory', () => {
  it.each([
    ['with the same keys', [table('Notes')], [table('Notes')]],
    ['which has none yet', [], [table('Notes')]],
    ['which has one more, that a server makes again', [table('Notes'), table('Tags')], [table('Notes')]],
  ])('%s', (_, existing, wanted) => {
    expect(shapesDiffer(existing, wanted, '.local')).toBeNull();
  });
});

describe('tables of a snapshot do not fit a data directory', () => {
  it('whose table has another key', () => {
    expect(shapesDiffer([table('Notes', 'name')], [table('Notes')], '.local')).toBe(
      'has table Notes with the key id (S) where .local has name (S)',
    );
  });

  it('of another app', () => {
    expect(shapesDiffer([table('Orders')], [table('Notes')], '.local')).toBe(
      'has table Notes, and .local has table Orders',
    );
  });
});
