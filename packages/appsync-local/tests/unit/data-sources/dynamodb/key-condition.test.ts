import { describe, expect, test } from 'vitest';
import { checkKeyCondition } from '../../../../src/data-sources/dynamodb/key-condition.ts';
import { keyTypesOf } from '../../../../src/data-sources/dynamodb/key-types.ts';
import type { WireMap } from '../../../../src/data-sources/dynamodb/typed-values.ts';
import { tableModel } from '../../database/harness/dynamodb.ts';

const TABLE = {
  ...tableModel(),
  attributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' as const },
    { AttributeName: 'at', AttributeType: 'N' as const },
  ],
  keySchema: [
    { AttributeName: 'id', KeyType: 'HASH' as const },
    { AttributeName: 'at', KeyType: 'RANGE' as const },
  ],
  globalSecondaryIndexes: [
    {
      IndexName: 'byAt',
      KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const keyTypes = keyTypesOf(TABLE);

const check = (text: string, values: WireMap, index?: string) => (): void =>
  checkKeyCondition({ text, names: { '#i': 'id', '#a': 'at' }, values }, keyTypes(index)!);

const S = { S: 'x' };
const N = { N: '1' };

describe('a key condition', () => {
  test.each([
    ['id = :i', { ':i': S }],
    ['#i = :i and #a = :a', { ':i': S, ':a': N }],
    ['(#i = :i) AND (#a BETWEEN :a AND :b)', { ':i': S, ':a': N, ':b': N }],
    ['#a >= :a AND #i = :i', { ':i': S, ':a': N }],
  ])('%s passes', (text, values) => {
    expect(check(text, values as unknown as WireMap)).not.toThrow();
  });

  test.each([
    ['id = :i', { ':i': N }],
    ['id = :i', { ':i': { NULL: true } }],
    ['#i = :i and #a = :a', { ':i': S, ':a': S }],
    ['#i = :i AND #a between :a and :b', { ':i': S, ':a': N, ':b': S }],
    ['#i = :i AND begins_with(#a, :a)', { ':i': S, ':a': S }],
  ])('%s is refused for the type of %j', (text, values) => {
    expect(check(text, values as unknown as WireMap)).toThrow(
      'Condition parameter type does not match schema type',
    );
  });

  test('of an index is held to the key of that index', () => {
    expect(check('#a = :a', { ':a': N }, 'byAt')).not.toThrow();
    expect(check('#a = :a', { ':a': S }, 'byAt')).toThrow('Condition parameter type');
  });

  test.each([
    ['without the partition key', '#a = :a', { ':a': S }],
    ['on another attribute', 'id = :i AND x = :a', { ':i': N, ':a': N }],
    ['with an alias that is not defined', 'id = :other', {}],
  ])('%s is left to the engine', (_what, text, values) => {
    expect(check(text, values)).not.toThrow();
  });
});

test('a table or an index that the template does not have has no key types', () => {
  expect(keyTypes('other')).toBeUndefined();
});
