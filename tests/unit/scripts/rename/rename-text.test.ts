import { describe, expect, it } from 'vitest';
import { renamed } from '../../../../scripts/rename/rename-text.ts';
import { back, toEntry } from './harness/renaming.ts';

const NAMES: [string, string][] = [
  ['putItem', 'putEntry'],
  ['getItems', 'getEntries'],
  ['listItemsByKind', 'listEntriesByKind'],
  ['itemKinds', 'entryKinds'],
  ['ItemChangeFilterInput', 'EntryChangeFilterInput'],
  ['createLiveItems', 'createLiveEntries'],
  ['item_missing', 'entry_missing'],
  ['ITEM_MEMBERS', 'ENTRY_MEMBERS'],
  ['put-item.ts', 'put-entry.ts'],
  ['@live-items/source', '@live-entries/source'],
  ['mutation PutItem($input: PutItemInput!)', 'mutation PutEntry($input: PutEntryInput!)'],
  ['fragment Whole on Item {', 'fragment Whole on Entry {'],
  ['getItem(id: ID!): Item', 'getEntry(id: ID!): Entry'],
  ['items: [Item!]!', 'items: [Entry!]!'],
  ["schema.getType('Item')", "schema.getType('Entry')"],
  ['appsync-items', 'shop'],
  ['appsync-items-dev', 'shop-dev'],
];

it.each(NAMES)('%s becomes %s, and again what it was', (from, to) => {
  expect(renamed(from, toEntry)).toBe(to);
  expect(renamed(to, back)).toBe(from);
});

it.each([
  'Items are what the API holds; an item has an id, and items have pages.',
  "{ operation: 'PutItem', key }",
  "['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:ConditionCheckItem']",
  'TransactWriteItems and TransactWriteItemsCommand',
  'DynamoDBUpdateItemRequest',
  '{"Item":{"id":{"S":"a"}}}',
  'uniqueItems: true, minItems: 1',
  'ignoreMinAndMaxItems: true',
  '/^(Put|Update|Delete)Item$|^TransactWriteItems$/.test(operation)',
  'batchItemFailures: [{ itemIdentifier }]',
  'Item size has exceeded the maximum allowed size',
  'aws dynamodb put-item --table-name x',
  'localStorage.setItem(name, sessionStorage.getItem(name))',
  'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html?put-item',
  '[the data source](packages/appsync-local/src/data-sources/dynamodb/put-item.ts)',
  '[a kind](#add-an-item-kind)',
  'docs/adr/0003-put-item-is-one-update-item.md',
  "output('DataItems2E91B8E8')",
  'ctx.env.ITEMS_TABLE',
  '/^table-of-DataItems/',
  "TableName === 't-Items'",
  'pk: claim.pk, itemId: item.id',
])('leaves %s', (text) => {
  expect(renamed(text, toEntry)).toBe(text);
});

describe('the article', () => {
  it('follows the type', () => {
    const toNote = {
      ...toEntry,
      type: { from: toEntry.type.to, to: { ...toEntry.type.from, pascal: { one: 'Note', many: 'Notes' } } },
    };

    expect(renamed('an `Entry` has an id', toNote)).toBe('a `Note` has an id');
  });
});

it('renames files that have the bare word, and their mentions', () => {
  expect(renamed("from '../model/item.ts'; items.graphql; item.id; 'item.test.ts'", toEntry)).toBe(
    "from '../model/entry.ts'; entries.graphql; item.id; 'entry.test.ts'",
  );
});
