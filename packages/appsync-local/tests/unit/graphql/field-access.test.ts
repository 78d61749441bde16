import { expect, test } from 'vitest';
import type { Caller } from '../../../src/auth/caller.ts';
import { loadSchema } from '../../../src/graphql/schema.ts';
import type { AuthMode } from '../../../src/template/app-model.ts';
import { keyHolder, run } from './harness/run.ts';

const COGNITO: AuthMode = {
  type: 'AMAZON_COGNITO_USER_POOLS',
  userPoolId: 'us-east-1_pool',
  region: 'us-east-1',
  defaultAction: 'ALLOW',
};
const ALL: AuthMode[] = [{ type: 'API_KEY' }, { type: 'AWS_IAM' }, COGNITO];
const iam: Caller = { mode: 'AWS_IAM', identity: {}, groups: [] };
const member = (...groups: string[]): Caller => ({ mode: 'AMAZON_COGNITO_USER_POOLS', identity: {}, groups });

const SDL = `
  type Note @aws_api_key @aws_cognito_user_pools {
    open: Int
    forIam: Int @aws_iam
    forAdmins: Int @aws_cognito_user_pools(cognito_groups: ["admins", "owners"])
  }
  type Plain { value: Int }
  type Query {
    note: Note @aws_api_key @aws_iam @aws_cognito_user_pools
    plain: Plain @aws_api_key @aws_iam
    byDefault: Int
  }
`;
const resolvers = {
  'Query.note': { open: 1, forIam: 2, forAdmins: 3 },
  'Query.plain': { value: 4 },
  'Query.byDefault': 5,
};
const NOTE = '{ note { open forIam forAdmins } }';

/** What each caller reads: directives on a field replace those of its type, alternatives suffice. */
test.each<[string, Caller, object]>([
  ['an API key', keyHolder, { open: 1, forIam: null, forAdmins: null }],
  ['IAM', iam, { open: null, forIam: 2, forAdmins: null }],
  ['a user', member(), { open: 1, forIam: null, forAdmins: null }],
  ['an admin', member('admins'), { open: 1, forIam: null, forAdmins: 3 }],
  ['a user of the second group', member('x', 'owners'), { open: 1, forIam: null, forAdmins: 3 }],
])('%s reads the fields it may', async (_, caller, note) => {
  expect((await run(SDL, NOTE, { caller, resolvers, modes: ALL })).data).toEqual({ note });
});

test.each([
  ['@aws_auth', [COGNITO]],
  ['@aws_cognito_user_pools', ALL],
])('a single group of %s needs no list', async (directive, modes) => {
  const sdl = `type Query { a: Int ${directive}(cognito_groups: "admins") }`;
  const read = async (caller: Caller) =>
    (await run(sdl, '{ a }', { caller, resolvers: { 'Query.a': 1 }, modes })).data;

  expect([await read(member('admins')), await read(member())]).toEqual([{ a: 1 }, { a: null }]);
});

test('a refused field is null with an Unauthorized entry, and its resolver does not run', async () => {
  let ran = false;
  const { data, errors } = await run(SDL, '{\n  x: byDefault }', {
    caller: iam,
    modes: ALL,
    resolvers: { 'Query.byDefault': () => (ran = true) },
  });

  expect(ran).toBe(false);
  expect(data).toEqual({ x: null });
  expect(errors).toEqual([
    {
      path: ['x'],
      data: null,
      errorType: 'Unauthorized',
      errorInfo: null,
      locations: [{ line: 2, column: 3, sourceName: null }],
      message: 'Not Authorized to access byDefault on type Query',
    },
  ]);
});

test('a type without directives is open to the default mode only', async () => {
  const { data } = await run(SDL, '{ plain { value } }', { caller: iam, resolvers, modes: ALL });

  expect(data).toEqual({ plain: { value: null } });
});

test('introspection is open to every caller', async () => {
  const { errors } = await run(SDL, '{ __typename __schema { queryType { name } } }', {
    caller: iam,
    modes: ALL,
  });

  expect(errors).toBeUndefined();
});

test('@aws_auth limits groups where Cognito is the only mode, and is ignored elsewhere', async () => {
  const sdl = 'type Query { a: Int @aws_auth(cognito_groups: ["admins"]) }';
  const a = async (caller: Caller, modes: AuthMode[]) =>
    (await run(sdl, '{ a }', { caller, modes, resolvers: { 'Query.a': 1 } })).data;

  expect(await a(member('admins'), [COGNITO])).toEqual({ a: 1 });
  expect(await a(member(), [COGNITO])).toEqual({ a: null });
  expect(await a(member(), [COGNITO, { type: 'API_KEY' }])).toEqual({ a: 1 });
});

test('a field that a Lambda authorizer has denied is refused, whatever its directives say', async () => {
  const sdl = 'type Query @aws_lambda { a: Int b: Int }';
  const caller: Caller = { mode: 'AWS_LAMBDA', identity: {}, groups: [], deniedFields: new Set(['Query.a']) };

  const { data } = await run(sdl, '{ a b }', {
    caller,
    modes: ALL,
    resolvers: { 'Query.a': 1, 'Query.b': 2 },
  });

  expect(data).toEqual({ a: null, b: 2 });
});

test('limits to groups that have no effect are told at the start', () => {
  const sdl = `
    type Query { a: Int @aws_auth(cognito_groups: ["x"]) b: Int @aws_cognito_user_pools(cognito_groups: ["x"]) }
  `;
  const ignored = (modes: AuthMode[]) => loadSchema(sdl, modes, 'Schema').ignored;

  expect(ignored(ALL)).toEqual(['@aws_auth of Query.a']);
  expect(ignored([COGNITO])).toEqual(['@aws_cognito_user_pools of Query.b']);
});

test('with DENY as the default action a user needs a matching group', async () => {
  const sdl = 'type Query { a: Int b: Int @aws_auth(cognito_groups: ["admins"]) }';
  const modes: AuthMode[] = [{ ...COGNITO, defaultAction: 'DENY' }];

  const { data } = await run(sdl, '{ a b }', {
    caller: member('admins'),
    modes,
    resolvers: { 'Query.a': 1, 'Query.b': 2 },
  });

  expect(data).toEqual({ a: null, b: 2 });
});
