import { describe, expect, test } from 'vitest';
import { randomFrom, type Random } from '../../packages/appsync-local/tests/harness/random.ts';
import { type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { fail, newId, own, subscribe } from './harness/api.ts';
import { product } from './harness/product.ts';

/** A way in for a value that the caller chose: an operation, and where the value stands. */
interface WayIn {
  document: string;
  variables: (value: string) => Record<string, unknown>;
  /** What the error names. */
  field: string;
  credentials?: Credentials;
}

const PUT = 'mutation ($input: PutItemInput!) { putItem(input: $input) { id } }';
const PUT_ALL = 'mutation ($input: PutItemsInput!) { putItems(input: $input) { items { id } } }';
const UPDATE = 'mutation ($input: UpdateItemInput!) { updateItem(input: $input) { id } }';
const DELETE = 'mutation ($input: DeleteItemInput!) { deleteItem(input: $input) { id } }';
const LIST = 'query ($filter: ItemFilterInput) { listItems(filter: $filter) { items { id } } }';
// part: validated-items
const PUT_VALID = 'mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { id } }';
const LIST_KIND =
  'query ($kind: String!, $filter: ItemFilterInput) { listItemsByKind(kind: $kind, filter: $filter) { items { id } } }';
// end: validated-items

const input = (members: object) => ({ input: members });
// part: validated-items
const validated = (more: object) =>
  input({ id: newId(), kind: 'product', payload: JSON.stringify(product()), ...more });
// end: validated-items
const existing = own('to be updated');

const TEXTS: Record<string, WayIn> = {
  'getItem id': {
    document: 'query ($id: ID!) { getItem(id: $id) { id } }',
    variables: (id) => ({ id }),
    field: 'id',
  },
  'getItems ids': {
    document: 'query ($ids: [ID!]!) { getItems(ids: $ids) { id } }',
    variables: (id) => ({ ids: ['a', id] }),
    field: 'ids',
  },
  'putItem id': { document: PUT, variables: (id) => input({ id }), field: 'id' },
  'putItem owner': {
    document: PUT,
    variables: (owner) => input({ id: newId(), owner }),
    field: 'owner',
    credentials: iam,
  },
  'putItem clientRequestToken': {
    document: PUT,
    variables: (clientRequestToken) => input({ id: newId(), clientRequestToken }),
    field: 'clientRequestToken',
  },
  'putItems id': {
    document: PUT_ALL,
    variables: (id) => input({ items: [{ id: newId() }, { id }] }),
    field: 'id',
  },
  'putItems owner': {
    document: PUT_ALL,
    variables: (owner) => input({ items: [{ id: newId(), owner }] }),
    field: 'owner',
    credentials: iam,
  },
  'putItems clientRequestToken': {
    document: PUT_ALL,
    variables: (clientRequestToken) => input({ items: [{ id: newId() }], clientRequestToken }),
    field: 'clientRequestToken',
  },
  'updateItem id': { document: UPDATE, variables: (id) => input({ id }), field: 'id' },
  'updateItem owner': {
    document: UPDATE,
    variables: (owner) => input({ id: existing, owner }),
    field: 'owner',
    credentials: iam,
  },
  'deleteItem id': { document: DELETE, variables: (id) => input({ id }), field: 'id' },
  // part: validated-items
  'putValidatedItem id': { document: PUT_VALID, variables: (id) => validated({ id }), field: 'id' },
  'putValidatedItem kind': { document: PUT_VALID, variables: (kind) => validated({ kind }), field: 'kind' },
  'putValidatedItem owner': {
    document: PUT_VALID,
    variables: (owner) => validated({ owner }),
    field: 'owner',
    credentials: iam,
  },
  'listItemsByKind kind': { document: LIST_KIND, variables: (kind) => ({ kind }), field: 'kind' },
  // end: validated-items
};

const FILTERS: Record<string, { filter: (value: string) => object; field: string }> = {
  'kind eq': { filter: (eq) => ({ kind: { eq } }), field: 'filter.kind.eq' }, // part: validated-items
  'kind in': { filter: (kind) => ({ kind: { in: ['a', kind] } }), field: 'filter.kind.in' }, // part: validated-items
  'kind beginsWith': { filter: (beginsWith) => ({ kind: { beginsWith } }), field: 'filter.kind.beginsWith' }, // part: validated-items
  'a name in the path': {
    filter: (name) => ({ payload: [{ path: name, exists: true }] }),
    field: 'filter.payload.path',
  },
  'a name in a pointer': {
    filter: (name) => ({ not: { payload: [{ path: `/a/${name}`, exists: true }] } }),
    field: 'filter.payload.path',
  },
};

/** What an AWSJSON value can be in. */
const PAYLOADS: Record<string, WayIn> = {
  putItem: { document: PUT, variables: (payload) => input({ id: newId(), payload }), field: 'payload' },
  'putItem with a token': {
    document: PUT,
    variables: (payload) => input({ id: newId(), payload, clientRequestToken: newId() }),
    field: 'payload',
  },
  putItems: {
    document: PUT_ALL,
    variables: (payload) => input({ items: [{ id: newId() }, { id: newId(), payload }] }),
    field: 'payload',
  },
  updateItem: {
    document: UPDATE,
    variables: (payload) => input({ id: existing, payload }),
    field: 'payload',
  },
  putValidatedItem: { document: PUT_VALID, variables: (payload) => validated({ payload }), field: 'payload' }, // part: validated-items
  'filter eq': {
    document: LIST,
    variables: (eq) => ({ filter: { payload: [{ path: 'a', eq }] } }),
    field: 'filter.payload',
  },
  'filter in': {
    document: LIST,
    variables: (operand) => ({ filter: { payload: [{ path: 'a', in: ['1', operand] }] } }),
    field: 'filter.payload',
  },
  // part: validated-items
  'filter contains of a kind': {
    document: LIST_KIND,
    variables: (contains) => ({ kind: 'product', filter: { payload: [{ path: 'a', contains }] } }),
    field: 'filter.payload',
  },
  // end: validated-items
};

const HALVES = ['\ud800', 'a\udbff b', '\udc00', '\ude00\ud83d'];
const SEEDS = [1, 2, 3, 4, 5, 6];

/** JSON with a text or member's name that has an unpaired surrogate somewhere in it, as the character or as its escape. */
function brokenJson(random: Random): string {
  const half = random.oneOf(HALVES);
  const broken: unknown = random.chance(0.5) ? { [half]: 1 } : half;
  const around = Array.from({ length: random.below(4) });
  const value = around.reduce(
    (inside) => (random.chance(0.5) ? ['😀', 1, inside] : { name: '\\ud800', inside }),
    broken,
  );
  const json = JSON.stringify(value);
  return random.chance(0.5) ? json : JSON.stringify(value).replaceAll(/(?<!\\)\\u(d[89a-f]..)/g, unescaped);
}

const unescaped = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

/** Deeper than a payload may be: at the limit, where DynamoDB's own emulators give up, at the server's limit, and beyond any stack. */
const DEPTHS = [32, 64, 100, 130, 300, 499, 501, 5_000, 50_000];

const nestedJson = (depth: number, [open, inside, close]: readonly [string, string, string]): string =>
  `${open.repeat(depth)}${inside}${close.repeat(depth)}`;

const LISTS = ['[', '', ']'] as const;
const MAPS = ['{"a":', '1', '}'] as const;
/** The deep one is the last of more elements than a loop of a resolver sees. */
const behindOthers = (depth: number): string => `[${'0,'.repeat(1500)}${nestedJson(depth - 1, LISTS)}]`;

/** Refused by the field, or by AppSync where it parses the value. */
async function expectRefusal({ document, variables, field, credentials }: WayIn, value: string) {
  const error = await fail(document, variables(value), credentials);

  if (error.errorType || !error.message.includes('Unable to parse')) {
    expect(error).toMatchObject({ errorType: 'BadRequest' });
    expect(JSON.stringify(error.errorInfo)).toContain(`"field":"${field}`);
  }
}

describe('an unpaired surrogate is refused with its field', () => {
  test.each(Object.entries(TEXTS))('%s', async (_, wayIn) => {
    for (const half of HALVES) {
      await expectRefusal(wayIn, half);
    }
  });

  test.each(Object.entries(FILTERS))('in a filter: %s', async (_, { filter, field }) => {
    for (const half of HALVES) {
      const variables = { filter: filter(half) };
      await expectRefusal({ document: LIST, variables: () => variables, field }, half);
      // part: validated-items
      const ofKind = { ...variables, kind: 'product' };
      await expectRefusal({ document: LIST_KIND, variables: () => ofKind, field }, half);
      // end: validated-items
    }
  });

  test.each(Object.entries(PAYLOADS))('in JSON: %s', async (_, wayIn) => {
    for (const seed of SEEDS) {
      await expectRefusal(wayIn, brokenJson(randomFrom(seed)));
    }
  });

  test.each([
    ['onItemChange(filter: { id: { eq: $text } }) { type }', undefined], // part: change-feed
    ['onPutItem(id: $text) { id }', iam],
    ['onDeleteItem(id: $text) { id }', iam],
    ['onUpdateItem(kind: $text) { id }', iam], // part: validated-items
  ])('in a subscription: %s', async (field, credentials) => {
    const type = field.includes('(id:') ? 'ID!' : 'String!';
    const document = `subscription ($text: ${type}) { ${field} }`;

    await expect(subscribe(document, { text: '\ud800' }, credentials)).rejects.toThrow('unpaired surrogate');
  });
});

test.each(Object.entries(PAYLOADS))('too deep a nesting is refused with its field: %s', async (_, wayIn) => {
  for (const depth of DEPTHS) {
    await expectRefusal(wayIn, nestedJson(depth, LISTS));
    await expectRefusal(wayIn, nestedJson(depth, MAPS));
    await expectRefusal(wayIn, behindOthers(depth));
  }
});

// part: validated-items
test('a kind that no index can be asked for is refused', async () => {
  await expectRefusal({ ...TEXTS['listItemsByKind kind']!, field: 'kind' }, 'k'.repeat(2049));
});
// end: validated-items
