import {
  getNamedType,
  type GraphQLNamedType,
  type GraphQLType,
  isInputObjectType,
  isObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { readApiSchema } from '../../infra/api-schema.ts';
import { type CallerKind, callerKinds } from '../../model/caller.ts';
import { apiKey, type Credentials, iam } from '../../packages/appsync-local/tests/harness/target.ts';
import { bob } from '../../packages/appsync-local/tests/harness/users.ts';
import { GetItemDocument } from '../../schema/generated/operations.ts';
import { connect, succeed } from './harness/api.ts';
import { makeItem, type Meeting } from './harness/attempts.ts';
import { CALLERS, FIELDS, type Whose } from './harness/who-may.ts';

const schema = readApiSchema();
const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
  (type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type!.name}.${field}`),
);
const nameOf = ({ authType, group }: CallerKind): string => group ?? authType.replace(' Authorization', '');
const kinds = callerKinds().map(nameOf);

const TABLES = 'say it in tests/api/harness/who-may.ts';

test.each(fields)('who may call `%s`?', (field) => {
  expect(Object.keys(FIELDS), TABLES).toContain(field);
});

test.each(kinds)('what may callers of `%s` do?', (kind) => {
  expect(Object.keys(CALLERS), TABLES).toContain(kind);
});

test('the tables name no field and no kind of caller that there is not', () => {
  const strangers = Object.values(FIELDS).flatMap(({ only = [] }) => only);

  expect(Object.keys(FIELDS).filter((field) => !fields.includes(field))).toEqual([]);
  expect([...Object.keys(CALLERS), ...strangers].filter((kind) => !kinds.includes(kind))).toEqual([]);
});

/** The type and those of its fields, and of their fields, and so on. */
function reachedFrom(type: GraphQLNamedType, known: ReadonlySet<string> = new Set()): Set<string> {
  const reached = new Set([...known, type.name]);
  const inner = isObjectType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
  return inner
    .map((field) => getNamedType(field.type as GraphQLType))
    .filter(({ name }) => !reached.has(name))
    .reduce((all, one) => reachedFrom(one, all), reached);
}

/** Whether a field answers items, or takes the id of one. */
function speaksOfItems(name: string): boolean {
  const [type, field] = name.split('.') as [string, string];
  const { type: answered, args } = (schema.getType(type) as GraphQLObjectType).getFields()[field]!;
  const types = [answered, ...args.map((argument) => argument.type)].map((one) => getNamedType(one));
  const [answers, ...takes] = types.map((one) => reachedFrom(one));
  return answers!.has('Item') || takes.some((one) => one.has('ID'));
}

test.each(Object.entries(FIELDS).filter(([, { deed }]) => deed === null))(
  '%s has no deed, because it speaks of no item or is only for those who may read all',
  (field, { only = kinds }) => {
    const readAll = callerKinds().filter(({ readsAll }) => readsAll);

    expect(!speaksOfItems(field) || only.every((kind) => readAll.map(nameOf).includes(kind))).toBe(true);
  },
);

/** Who makes the items. */
const makerOf = (kind: string, whose: Whose): Credentials =>
  ({ nobody: apiKey, own: CALLERS[kind]!.credentials, another: bob })[whose];

const meetings = Object.entries(CALLERS).flatMap(([kind, { owns }]) =>
  (owns ? (['nobody', 'own', 'another'] as const) : (['nobody', 'another'] as const)).map(
    (whose) => [kind, whose] as const,
  ),
);

const ways = Object.entries(FIELDS).flatMap(([field, { attempts }]) =>
  Object.keys(attempts).map((way) => [`${field} ${way}`.trim(), field, way] as const),
);

describe.each(meetings)('%s, and an item of %s', (kind, whose) => {
  const { credentials, list, ...may } = CALLERS[kind]!;

  test.each(ways)('%s', async (_, field, way) => {
    const { deed, only = kinds, make = makeItem, attempts } = FIELDS[field]!;
    const isOpen = only.includes(kind);
    const isAllowed = isOpen && (deed === null || { ...may, list }[deed].includes(whose));
    const maker = makerOf(kind, whose);
    const made = await make(maker);
    const before = await itemOf(made.id);
    const meeting: Meeting = { ...made, maker, caller: credentials, witness: makerOf(kind, list[0]!) };

    const heard = await attempts[way]!(meeting);

    expect(heard.reached).toBe(isAllowed);
    if (isAllowed) {
      expect(heard.text, 'the attempt asks for another field').toContain(`"${field.split('.')[1]!}"`);
    }
    const isRefused = !isOpen || (deed === 'write' && !isAllowed);
    expect(heard.errorTypes).toEqual(isRefused ? [expect.stringMatching(/^Unauthorized/)] : []);
    if (!isAllowed) {
      expect(heard.text).not.toContain(made.secret);
    }
    if (field.startsWith('Mutation.')) {
      const after = await itemOf(made.id);
      expect(after === null || after.owner === before!.owner).toBe(true);
      const isLeft = JSON.stringify(after) === JSON.stringify(before);
      expect(isLeft).toBe(!isAllowed || deed === null);
    }
  });
});

const itemOf = async (id: string) => (await succeed(GetItemDocument, { id }, iam)).getItem;

describe.each<[string, Credentials]>([
  ['no credentials', { mode: 'raw', headers: {} }],
  ['a wrong API key', { mode: 'raw', headers: { 'x-api-key': 'da2-wrong' } }],
  ['a text that is no token', { mode: 'raw', headers: { authorization: 'alice' } }],
])('with %s', (_, credentials) => {
  const reachable = ways.filter(([, field]) => !field.startsWith('Subscription.'));

  test.each(reachable)('%s is refused', async (_way, field, way) => {
    const { make = makeItem, attempts } = FIELDS[field]!;
    const made = await make(bob);
    const before = await itemOf(made.id);
    const meeting = { ...made, maker: bob, caller: credentials, witness: bob };

    const heard = await attempts[way]!(meeting).catch((error: Error) => ({
      reached: false,
      errorTypes: [],
      text: error.message,
    }));

    expect(heard.reached).toBe(false);
    expect(heard.text).toContain('UnauthorizedException');
    expect(heard.text).not.toContain(made.secret);
    expect(await itemOf(made.id)).toEqual(before);
  });

  test('no connection for subscriptions is opened', async () => {
    await expect(connect(credentials)).rejects.toThrow(/Unauthorized/);
  });
});
