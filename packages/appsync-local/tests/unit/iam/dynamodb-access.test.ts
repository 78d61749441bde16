import { expect, test } from 'vitest';
import { dynamoDbAccesses, type TablePlace } from '../../../src/iam/dynamodb-access.ts';

const place: TablePlace = {
  region: 'us-east-1',
  accountId: '111122223333',
  partitionKeyOf: (table, index) => (table !== 'Items' ? undefined : index === undefined ? 'id' : 'owner'),
};
const table = (name: string): string => `arn:aws:dynamodb:us-east-1:111122223333:table/${name}`;

const asked = (operation: string, input: object): string[] =>
  dynamoDbAccesses(operation, input, place).map(({ action, resource }) => `${action} ${resource}`);

const transaction = {
  TransactItems: [
    { Put: { TableName: 'Items', Item: { id: { S: 'a' } } } },
    { Update: { TableName: 'Rows', Key: { pk: { S: 'a' } } } },
    { Delete: { TableName: 'Rows', Key: { pk: { S: 'b' } } } },
    { ConditionCheck: { TableName: 'Items', Key: { id: { S: 'b' } } } },
  ],
};

test.each([
  ['GetItem', { TableName: 'Items' }, [`dynamodb:GetItem ${table('Items')}`]],
  ['GetItem', { TableName: table('Other') }, [`dynamodb:GetItem ${table('Other')}`]],
  ['Query', { TableName: 'Items' }, [`dynamodb:Query ${table('Items')}`]],
  ['Query', { TableName: 'Items', IndexName: 'byKind' }, [`dynamodb:Query ${table('Items')}/index/byKind`]],
  ['Scan', { TableName: 'Items', IndexName: 'byKind' }, [`dynamodb:Scan ${table('Items')}/index/byKind`]],
  ['ListTables', {}, ['dynamodb:ListTables *']],
  [
    'BatchGetItem',
    { RequestItems: { Items: { Keys: [] }, Rows: { Keys: [] } } },
    [`dynamodb:BatchGetItem ${table('Items')}`, `dynamodb:BatchGetItem ${table('Rows')}`],
  ],
  ['BatchWriteItem', { RequestItems: { Items: [] } }, [`dynamodb:BatchWriteItem ${table('Items')}`]],
  [
    'TransactWriteItems',
    transaction,
    [
      `dynamodb:PutItem ${table('Items')}`,
      `dynamodb:UpdateItem ${table('Rows')}`,
      `dynamodb:DeleteItem ${table('Rows')}`,
      `dynamodb:ConditionCheckItem ${table('Items')}`,
    ],
  ],
  [
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: 'Items', Key: {} } }] },
    [`dynamodb:GetItem ${table('Items')}`],
  ],
  [
    'ExecuteStatement',
    { Statement: 'SELECT * FROM "Items"."byKind" WHERE kind = ?' },
    [`dynamodb:PartiQLSelect ${table('Items')}/index/byKind`],
  ],
  [
    'ExecuteStatement',
    { Statement: `insert into Items value {'id': 'a'}` },
    [`dynamodb:PartiQLInsert ${table('Items')}`],
  ],
  [
    'BatchExecuteStatement',
    {
      Statements: [
        { Statement: 'UPDATE "Items" SET a = 1' },
        { Statement: 'DELETE FROM "Rows" WHERE pk = 1' },
      ],
    },
    [`dynamodb:PartiQLUpdate ${table('Items')}`, `dynamodb:PartiQLDelete ${table('Rows')}`],
  ],
])('%s %o asks for %s', (operation, input, accesses) => {
  expect(asked(operation, input)).toEqual(accesses);
});

const query = (condition: string, more: object = {}) => ({
  TableName: 'Items',
  KeyConditionExpression: condition,
  ExpressionAttributeNames: { '#p': 'id', '#o': 'owner' },
  ExpressionAttributeValues: { ':p': { S: 'a' } },
  ...more,
});

test.each([
  ['GetItem', { TableName: 'Items', Key: { id: { S: 'a' } } }, ['a']],
  ['PutItem', { TableName: 'Items', Item: { id: { S: 'a' }, n: { N: '1' } } }, ['a']],
  ['GetItem', { TableName: 'Rows', Key: { pk: { S: 'a' } } }, null],
  ['Query', query('#p = :p'), ['a']],
  ['Query', query('#t > :t AND #p = :p'), ['a']],
  ['Query', query('#o = :p', { IndexName: 'byOwner' }), ['a']],
  ['Query', query('begins_with(#p, :p)'), null],
  ['Scan', { TableName: 'Items' }, undefined],
  [
    'BatchGetItem',
    { RequestItems: { Items: { Keys: [{ id: { S: 'a' } }, { id: { S: 'b' } }] } } },
    ['a', 'b'],
  ],
  ['BatchWriteItem', { RequestItems: { Items: [{ PutRequest: { Item: { id: { S: 'a' } } } }] } }, ['a']],
  ['TransactWriteItems', transaction, ['a']],
])('%s %o names the leading keys %o', (operation, input, keys) => {
  const [access] = dynamoDbAccesses(operation, input, place);

  expect(access?.context?.().get('dynamodb:leadingkeys')).toEqual(keys);
});

test('a part of a transaction says which operation it is in', () => {
  const [access] = dynamoDbAccesses('TransactWriteItems', transaction, place);

  expect(access?.context?.().get('dynamodb:enclosingoperation')).toEqual(['TransactWriteItems']);
});
