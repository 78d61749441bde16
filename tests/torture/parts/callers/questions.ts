import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { apiSchema, selectionOf } from '../../harness/api-schema.ts';
import type { Treasure } from './treasure.ts';

/** One way to ask for an item, or to write over it. */
export interface Question {
  /** The root field: `getItem`. */
  field: string;
  query: string;
  variables: Record<string, unknown>;
  /** Whether who may read the item must find its mark in the answer; lists are asked by those who may list it. */
  shows: 'to readers' | 'to listers' | 'no';
}

/** What an attacker has besides its own credentials. */
export interface Loot {
  /** Tokens and cursors that others got. */
  nextTokens: readonly string[];
  cursors: readonly string[];
  /** An id that is the attacker's own to write. */
  ownId: string;
}

/** Reads of an item in every way there is. */
export function reads({ id, mark, kind }: Treasure, loot: Loot, random: Random): Question[] {
  const path = kind === null ? 'mark' : 'name';
  const isMark = { payload: [{ path, eq: JSON.stringify(mark) }] };
  const part = { payload: [{ path, contains: JSON.stringify(mark.slice(0, -1)) }] };
  const oneOfNot = { or: [{ not: { payload: [{ path, ne: JSON.stringify(mark) }] } }, part] };
  const list = (filter: object): Question => ask('listItems', { filter, limit: 100 }, 'to listers');
  return [
    ask('getItem', { id }, 'to readers'),
    ask('getItems', { ids: [loot.ownId, id] }, 'to readers'),
    list(isMark),
    list(part),
    list(oneOfNot),
    ask('listItems', { limit: 100, nextToken: stolen(loot.nextTokens, random) }, 'no'),
    ask('listItemsByKind', { kind: 'product', filter: isMark }, kind === null ? 'no' : 'to listers'),
    ask('listItemsByKind', { kind: 'product', nextToken: stolen(loot.nextTokens, random) }, 'no'),
    ask('itemChanges', { since: stolen(loot.cursors, random), limit: 100 }, 'no'),
    ask('itemChanges', { since: 'PT10M', limit: 100 }, 'no'),
  ];
}

/** Writes over an item that is another's: all must be refused, and the refusal must not show it. */
export function writes(treasure: Treasure, { ownId }: Loot, random: Random): Question[] {
  const { id, version, sku, token, owner } = treasure;
  const payload = '{"taken":true}';
  const expectedVersion = random.oneOf([0, version, version + 1, 99]);
  const put = (input: object): Question => ask('putItem', { input }, 'no');
  const validated = (input: object): Question =>
    ask('putValidatedItem', { input: { kind: 'product', ...input } }, 'no');
  return [
    put({ id, payload }),
    put({ id, payload, expectedVersion }),
    put({ id, payload, owner: owner ?? 'bob' }),
    ...(token === null ? [] : [put({ id, payload: treasurePayload(treasure), clientRequestToken: token })]),
    ask('putItems', { input: { items: [{ id: ownId }, { id, payload, expectedVersion }] } }, 'no'),
    ask('putItems', { input: { items: [{ id, payload }], clientRequestToken: token } }, 'no'),
    ask('updateItem', { input: { id, payload } }, 'no'),
    ask('updateItem', { input: { id, payload, expectedVersion } }, 'no'),
    ask('deleteItem', { input: { id } }, 'no'),
    ask('deleteItem', { input: { id, expectedVersion } }, 'no'),
    validated({ id, payload: product(ownId) }),
    validated({ id, payload: product(ownId), expectedVersion }),
    validated({ id: referrerOf(ownId), payload: product(ownId, { replaces: id }) }),
    ...(sku === null ? [] : [validated({ id: referrerOf(ownId), payload: product(ownId, { sku }) })]),
    ask('publishItemChange', { input: forged(id) }, 'no'),
  ];
}

/** The validated item by which an attacker refers to others. */
export const referrerOf = (ownId: string): string => `${ownId}-v`;

/** The token of another's list, or none. */
const stolen = (tokens: readonly string[], random: Random): string | null =>
  tokens.length > 0 ? random.oneOf(tokens) : null;

const treasurePayload = ({ mark }: Treasure): string => JSON.stringify({ mark, n: 1 });

const product = (ownId: string, more: object = {}): string =>
  JSON.stringify({
    sku: `SKU-${ownId}`.toUpperCase(),
    name: 'mine',
    price: { amountMinor: 1, currency: 'EUR' },
    ...more,
  });

const forged = (id: string): object => ({
  type: 'CREATED',
  id,
  version: 1,
  at: '2026-01-01T00:00:00Z',
  owner: 'alice',
  order: '0',
  payloadOmitted: false,
});

/** Everything that a field can show, for these arguments. */
function ask(name: string, variables: Record<string, unknown>, shows: Question['shows']): Question {
  const type =
    name in apiSchema.getQueryType()!.getFields() ? apiSchema.getQueryType()! : apiSchema.getMutationType()!;
  const field = type.getFields()[name]!;
  const given = field.args.filter((argument) => argument.name in variables);
  const parameters = given.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const passed = given.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const operation = type === apiSchema.getQueryType() ? 'query' : 'mutation';
  return {
    field: name,
    query: `${operation} (${parameters}) { ${name}(${passed}) ${selectionOf(field.type)} }`,
    variables,
    shows,
  };
}
