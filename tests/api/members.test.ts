import { expect, test } from 'vitest';
import { iam } from '../../packages/appsync-local/tests/harness/target.ts';
import {
  GetItemDocument,
  GetItemsDocument,
  ItemChangesDocument,
  type ItemFieldsFragment,
  ListItemsByKindDocument,
  ListItemsDocument,
  OnItemChangeDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import {
  brokenValuesFor,
  comparable,
  conditionsOn,
  itemMembers,
  nullableMembersOf,
  valuesFor,
} from '../harness/item-members.ts';
import { eventually, fail, newId, newName, subscribe, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';
import { sinceTestBegan } from './harness/test-began.ts';

/*
 * Every member of an item that a client sets, whichever the schema has, goes through each way to write it and each way to hear of it.
 */

type Values = Record<string, unknown>;
type Write = (id: string, values: Values) => Promise<ItemFieldsFragment>;

/** The typed inputs are not known here: the values come from the schema. */
const input = (id: string, values: Values): never => ({ id, ...values }) as never;

const putItem: Write = async (id, values) =>
  (await succeed(PutItemDocument, { input: input(id, values) }, iam)).putItem;

const putWithToken: Write = async (id, values) => {
  const variables = { input: input(id, { ...values, clientRequestToken: newName('token') }) };
  const { putItem: first } = await succeed(PutItemDocument, variables, iam);
  const { putItem: again } = await succeed(PutItemDocument, variables, iam);
  expect(comparable(again), 'the same token again').toEqual(comparable(first));
  return first;
};

const putItems: Write = async (id, values) =>
  (await succeed(PutItemsDocument, { input: { items: [input(id, values)] } }, iam)).putItems.items[0]!;

// part: validated-items
const putValidatedItem: Write = async (id, values) =>
  (await succeed(PutValidatedItemDocument, { input: input(id, values) }, iam)).putValidatedItem;
// end: validated-items

const updateItem: Write = async (id, values) =>
  (await succeed(UpdateItemDocument, { input: input(id, values) }, iam)).updateItem;

// part: validated-items
/** Values of the members that `putValidatedItem` says: a payload of a kind keeps that kind's rules. */
const validValues = (turn: number): Values => ({
  ...valuesFor('PutValidatedItemInput', turn),
  kind: 'product',
  payload: JSON.stringify(product()),
});
// end: validated-items

/** The members of the item as they were given. */
function expectKept(answered: ItemFieldsFragment, values: Values): void {
  expect(Object.keys(answered).sort()).toEqual([...itemMembers].sort());
  expect(comparable(answered)).toMatchObject(comparable(values));
}

/** What each query that answers items has of this one. */
async function readEverywhere(item: ItemFieldsFragment) {
  const { id, createdAt } = item;
  const { getItem } = await succeed(GetItemDocument, { id }, iam);
  const { getItems } = await succeed(GetItemsDocument, { ids: [id] }, iam);
  const listed = await listedWith(id, { createdAt: { ge: createdAt, le: createdAt } });
  return [
    getItem,
    ...getItems,
    listed,
    ...(await listedByKind(item)), // part: validated-items
  ];
}

// part: validated-items
async function listedByKind({ id, kind, updatedAt }: ItemFieldsFragment): Promise<ItemFieldsFragment[]> {
  if (!kind) {
    return [];
  }
  const variables = { kind, updatedAt: { ge: updatedAt, le: updatedAt } };
  const { listItemsByKind } = await succeed(ListItemsByKindDocument, variables, iam);
  return listItemsByKind.items.filter((one) => one.id === id);
}
// end: validated-items

/** The item as `listItems` has it, page by page; null when no page has it. */
async function listedWith(
  id: string,
  filter: object,
  nextToken?: string,
): Promise<ItemFieldsFragment | null> {
  const { listItems } = await succeed(ListItemsDocument, { filter, limit: 100, nextToken }, iam);
  const found = listItems.items.find((one) => one.id === id);
  return found || !listItems.nextToken ? (found ?? null) : listedWith(id, filter, listItems.nextToken);
}

// part: change-feed
/** The changes of an item that the log has, once so many are there. */
async function logged(id: string, count: number): Promise<Values[]> {
  return eventually(async () => {
    const changes = (await changesSince(sinceTestBegan())).filter((change) => change['id'] === id);
    expect(changes).toHaveLength(count);
    return changes;
  });
}

async function changesSince(since: string): Promise<Values[]> {
  const { itemChanges } = await succeed(ItemChangesDocument, { since, limit: 100 }, iam);
  const { changes, hasMore, cursor } = itemChanges;
  return hasMore && changes.length > 0 ? [...changes, ...(await changesSince(cursor))] : changes;
}

function told(change: unknown): unknown[] {
  const { type, item, previous } = change as { type: string; item: object | null; previous: object | null };
  return [type, item && comparable(item), previous && comparable(previous)];
}
// end: change-feed

const ofPutItem = (turn: number): Values => valuesFor('PutItemInput', turn);
const ofUpdateItem = (turn: number): Values => valuesFor('UpdateItemInput', turn);
const none = (): Values => ({});

test.each<[string, Write, (turn: number) => Values, Write, (turn: number) => Values]>([
  ['putItem', putItem, ofPutItem, putItem, ofPutItem],
  ['putItem with a token', putWithToken, ofPutItem, putWithToken, ofPutItem],
  ['putItems', putItems, ofPutItem, putItems, ofPutItem],
  ['updateItem', putItem, none, updateItem, ofUpdateItem],
  ['putValidatedItem', putValidatedItem, validValues, putValidatedItem, validValues], // part: validated-items
])(
  '%s keeps every member that it says, for all who read or hear of it',
  async (_, create, first, write, second) => {
    const id = newId();
    // An item that changes hands is two changes.
    const { owner } = valuesFor('PutItemInput', 1);
    const [before, after] = [
      { ...first(1), owner },
      { ...second(2), owner },
    ];
    // part: change-feed
    const { next, close } = await subscribe(OnItemChangeDocument, { filter: { id: { eq: id } } }, iam);
    // end: change-feed

    const created = await create(id, before);
    const written = await write(id, after);
    // part: change-feed
    const pushed = [(await next()).data!['onItemChange'], (await next()).data!['onItemChange']];
    close();
    // end: change-feed

    expectKept(created, before);
    expectKept(written, after);
    await eventually(async () => {
      for (const read of await readEverywhere(written)) {
        expect(read && comparable(read)).toEqual(comparable(written));
      }
    });
    // part: change-feed
    const history = [
      ['CREATED', comparable(created), null],
      ['UPDATED', comparable(written), comparable(created)],
    ];
    expect(pushed.map(told)).toEqual(history);
    expect((await logged(id, 2)).map(told)).toEqual(history);
    // end: change-feed
  },
);

test('a put without a member takes it away; an update leaves it, and null takes it away', async () => {
  const id = newId();
  const values = valuesFor('UpdateItemInput', 3);
  const absent = Object.fromEntries(nullableMembersOf('UpdateItemInput').map((name) => [name, null]));

  await putItem(id, { ...valuesFor('PutItemInput', 1) });
  const replaced = await putItem(id, { owner: null });
  await updateItem(id, values);
  const left = await updateItem(id, {});
  const removed = await updateItem(id, absent);

  expect(comparable(replaced)).toMatchObject(absent);
  expectKept(left, values);
  expect(comparable(removed)).toMatchObject(absent);
});

test.each(
  brokenValuesFor('PutItemInput').flatMap(([name, value]) => [
    ['putItem', PutItemDocument, {}, name, value] as const,
    ['putValidatedItem', PutValidatedItemDocument, validValues(1), name, value] as const, // part: validated-items
  ]),
)('%s refuses an unpaired surrogate in %4$s', async (_, document, values, name, value) => {
  const variables = { input: input(newId(), { ...values, [name]: value }) };

  expect(await fail(String(document), variables, iam)).toMatchObject({
    errorType: 'BadRequest',
    message: `${name} holds an unpaired surrogate, which DynamoDB cannot store`,
    errorInfo: { field: name },
  });
});

// part: validated-items
test('each member that a filter can ask for finds the item, and another value does not', async () => {
  const written = await putValidatedItem(newId(), validValues(1));
  const { id, kind, updatedAt } = written;
  const time = { ge: updatedAt, le: updatedAt };
  const found = async (filter: object): Promise<boolean> => {
    // Two ranges of the one time must have some of it in common.
    const variables = { kind: kind!, updatedAt: 'updatedAt' in filter ? null : time, filter };
    const { listItemsByKind } = await succeed(ListItemsByKindDocument, variables, iam);
    return listItemsByKind.items.some((one) => one.id === id);
  };

  await eventually(async () => expect(await found({})).toBe(true));
  for (const { name, met, unmet } of conditionsOn({ ...written })) {
    expect([name, await found(met), (await listedWith(id, met)) !== null]).toEqual([name, true, true]);
    expect([name, await found(unmet), (await listedWith(id, unmet)) !== null]).toEqual([name, false, false]);
  }
});
// end: validated-items
