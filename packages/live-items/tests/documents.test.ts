import { parse, print } from 'graphql';
import { expect, it } from 'vitest';
import {
  GetItemsDocument,
  ItemChangesDocument,
  ListItemsDocument,
  OnItemChangeDocument,
} from '../../../schema/generated/operations.ts';
import * as ours from '../src/documents.ts';

/** An operation's definitions in one order, printed. */
const normal = (text: string): string[] =>
  parse(text)
    .definitions.map((definition) => print(definition))
    .sort();

it.each([
  [ours.GET_ITEMS, GetItemsDocument],
  [ours.LIST_ITEMS, ListItemsDocument],
  [ours.ITEM_CHANGES, ItemChangesDocument],
  [ours.ON_ITEM_CHANGE, OnItemChangeDocument],
] as const)('%.20s… is the operation whose types the client takes', (text, generated) => {
  expect(normal(text)).toEqual(normal(String(generated)));
});
