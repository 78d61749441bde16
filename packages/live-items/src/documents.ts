import { ITEM_MEMBERS } from './item.ts';

// The operations of schema/operations/items.graphql that the client sends, as plain text, so that no parser is needed. A test
// compares them with that file.

const ITEM_FIELDS = `
fragment ItemFields on Item { ${ITEM_MEMBERS} }`;

const CHANGE_MEMBERS = [
  ...['type', 'id'],
  'kind', // part: validated-items
  ...['version', 'at', 'owner', 'order', 'payloadOmitted'],
].join(' ');

const ITEM_CHANGE_FIELDS = `
fragment ItemChangeFields on ItemChange {
  ${CHANGE_MEMBERS} item { ...ItemFields } previous { ...ItemFields }
}${ITEM_FIELDS}`;

export const GET_ITEMS = `query GetItems($ids: [ID!]!) {
  getItems(ids: $ids) { ...ItemFields }
}${ITEM_FIELDS}`;

export const LIST_ITEMS = `query ListItems($sortDirection: SortDirection, $filter: ItemFilterInput, $limit: Int, $nextToken: String) {
  listItems(sortDirection: $sortDirection, filter: $filter, limit: $limit, nextToken: $nextToken) { items { ...ItemFields } nextToken }
}${ITEM_FIELDS}`;

export const PUT_ITEM = `mutation PutItem($input: PutItemInput!) {
  putItem(input: $input) { ...ItemFields }
}${ITEM_FIELDS}`;

export const ITEM_CHANGES = `query ItemChanges($since: String, $limit: Int) {
  itemChanges(since: $since, limit: $limit) { changes { ...ItemChangeFields } cursor hasMore }
}${ITEM_CHANGE_FIELDS}`;

export const ON_ITEM_CHANGE = `subscription OnItemChange($filter: ItemChangeFilterInput) {
  onItemChange(filter: $filter) { ...ItemChangeFields }
}${ITEM_CHANGE_FIELDS}`;
