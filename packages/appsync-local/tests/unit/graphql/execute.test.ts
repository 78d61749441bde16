import { expect, test } from 'vitest';
import { run } from './harness/run.ts';

const SDL = `
  interface Shape { name: String }
  type Square implements Shape { name: String side: Int! }
  type Circle implements Shape { name: String radius: Float }
  union Any = Square | Circle
  enum Colour { RED GREEN }
  type Author { name: String! born: AWSDate friends: [Author!] }
  type Book { id: ID! title: String! author: Author! tags: [String!] pages: [Int!]! colour: Colour meta: AWSJSON }
  type Query { book(id: ID): Book books: [Book] shape: Shape any: [Any] echo(text: String, n: Int = 7): String }
  type Mutation { first: Int second: Int }
`;
const AUTHOR = { name: 'Ada' };
const BOOK = { id: 1, title: 'Notes', author: AUTHOR, pages: [1, 2] };

test('a field without a resolver is the property of its parent', async () => {
  const response = await run(SDL, '{ book { id title author { name } colour } }', {
    resolvers: { 'Query.book': BOOK },
  });

  expect(response).toEqual({ data: { book: { id: '1', title: 'Notes', author: AUTHOR, colour: null } } });
});

test('a root field without a resolver is null without an error', async () => {
  expect(await run(SDL, '{ book { id } }')).toEqual({ data: { book: null } });
});

test('an alias may be any name, __proto__ too', async () => {
  const query = '{ __proto__: book { constructor: title __proto__: id } }';

  const { data } = await run(SDL, query, { resolvers: { 'Query.book': BOOK } });

  expect(JSON.stringify(data)).toBe('{"__proto__":{"constructor":"Notes","__proto__":"1"}}');
});

test('what Object.prototype has is no property of a parent', async () => {
  const sdl = 'type Query { a: A } type A { constructor: String toString: String }';

  expect(await run(sdl, '{ a { constructor toString } }', { resolvers: { 'Query.a': {} } })).toEqual({
    data: { a: { constructor: null, toString: null } },
  });
});

test('aliases, fragments and merged selections answer in the order of the document', async () => {
  const query = `
    query { b: book { ...Head author { name } author { born } } book { title } }
    fragment Head on Book { t: title ... on Book { id } }`;
  const resolvers = { 'Query.book': { ...BOOK, author: { name: 'Ada', born: '1815-12-10' } } };

  const { data } = await run(SDL, query, { resolvers });

  expect(JSON.stringify(data)).toBe(
    '{"b":{"t":"Notes","id":"1","author":{"name":"Ada","born":"1815-12-10"}},"book":{"title":"Notes"}}',
  );
});

test('an argument not written is an absent key, a null one is null, a default fills in', async () => {
  const resolvers = { 'Query.echo': (args: object) => JSON.stringify(args) };
  const echo = async (query: string, variables = {}) =>
    (await run(SDL, query, { resolvers, variables })).data;

  expect(await echo('{ echo }')).toEqual({ echo: '{"n":7}' });
  expect(await echo('{ echo(text: null, n: 1) }')).toEqual({ echo: '{"text":null,"n":1}' });
  expect(await echo('query ($t: String) { echo(text: $t) }')).toEqual({ echo: '{"text":null,"n":7}' });
  expect(await echo('query ($t: String) { echo(text: $t) }', { t: 'x' })).toEqual({
    echo: '{"text":"x","n":7}',
  });
});

test.each([
  [
    { yes: true, no: false },
    { a: 'x', d: 'x' },
  ],
  [
    { yes: false, no: true },
    { b: 'x', c: 'x' },
  ],
])('skip and include follow the variables %j', async (variables, data) => {
  const query = `query ($yes: Boolean!, $no: Boolean!) {
    a: echo @include(if: $yes) b: echo @include(if: $no) c: echo @skip(if: $yes) d: echo @skip(if: $no)
  }`;

  expect((await run(SDL, query, { variables, resolvers: { 'Query.echo': 'x' } })).data).toEqual(data);
});

test('every null in a required place is reported, and the nearest nullable place becomes null', async () => {
  const { data, errors } = await run(SDL, '{ book { id title pages author { name } } echo }', {
    resolvers: { 'Query.book': { author: {} }, 'Query.echo': 'still here' },
  });

  expect(data).toEqual({ book: null, echo: 'still here' });
  expect(errors).toEqual([
    {
      path: ['book', 'id'],
      locations: null,
      message: "Cannot return null for non-nullable type: 'ID' within parent 'Book' (/book/id)",
    },
    {
      path: ['book', 'title'],
      locations: null,
      message: "Cannot return null for non-nullable type: 'String' within parent 'Book' (/book/title)",
    },
    {
      path: ['book', 'pages'],
      locations: null,
      message: "Cannot return null for non-nullable type: 'null' within parent 'Book' (/book/pages)",
    },
    {
      path: ['book', 'author', 'name'],
      locations: null,
      message:
        "Cannot return null for non-nullable type: 'String' within parent 'Author' (/book/author/name)",
    },
  ]);
});

test('a null in a list of required elements makes the list null, elsewhere only the element', async () => {
  const { data, errors } = await run(SDL, '{ books { title tags } }', {
    resolvers: { 'Query.books': [{ title: 'a', tags: ['x', null] }, { title: null }, null] },
  });

  expect(data).toEqual({ books: [{ title: 'a', tags: null }, null, null] });
  expect(errors!.map(({ message }) => message)).toEqual([
    "Cannot return null for non-nullable type: 'String' within parent 'Book' (/books[0]/tags[1])",
    "Cannot return null for non-nullable type: 'String' within parent 'Book' (/books[1]/title)",
  ]);
});

test('an error of a resolver has the keys of AppSync and stands alone for a required field', async () => {
  const resolvers = {
    'Query.book': BOOK,
    'Book.author': () => new Error('no author', { cause: { name: 'x', secret: 1 } }),
  };

  const { data, errors } = await run(SDL, '{\n  b: book { id author { n: name born } } }', { resolvers });

  expect(data).toEqual({ b: null });
  expect(errors).toEqual([
    {
      path: ['b', 'author'],
      data: { n: 'x' },
      errorType: 'Raised',
      errorInfo: null,
      locations: [{ line: 2, column: 16, sourceName: null }],
      message: 'no author',
    },
  ]);
});

test('a value of the wrong structure is named', async () => {
  const { data, errors } = await run(SDL, '{ books { id } book { id } }', {
    resolvers: { 'Query.books': { id: 1 }, 'Query.book': [1] },
  });

  expect(data).toEqual({ books: null, book: null });
  expect(errors!.map(({ message }) => message)).toEqual([
    "Can't resolve value (/books) : type mismatch error, expected type LIST, got OBJECT",
    "Can't resolve value (/book) : type mismatch error, expected type OBJECT, got LIST",
  ]);
});

test('a leaf that cannot be serialized is null with the reason', async () => {
  const { data, errors } = await run(SDL, '{ book { author { born } } }', {
    resolvers: { 'Query.book': { author: { name: 'a', born: 'yesterday' } } },
  });

  expect(data).toEqual({ book: { author: { born: null } } });
  expect(errors![0]!.message).toBe(
    "Can't serialize value (/book/author/born) : Unable to serialize `yesterday` as a valid date.",
  );
});

test('interfaces and unions are told apart by __typename', async () => {
  const resolvers = {
    'Query.shape': { __typename: 'Square', name: 's', side: 2 },
    'Query.any': [{ __typename: 'Circle', radius: 1.5 }, { __typename: 'Book' }],
  };

  const { data, errors } = await run(
    SDL,
    '{ shape { __typename name ... on Square { side } ... on Circle { radius } } any { ... on Circle { radius } } }',
    { resolvers },
  );

  expect(data).toEqual({ shape: { __typename: 'Square', name: 's', side: 2 }, any: [{ radius: 1.5 }, null] });
  expect(errors![0]!.message).toBe(
    "Can't resolve '/any[1]'. Abstract type 'Any' must resolve to an Object type at runtime for field 'Query.any'.",
  );
});

test('AWSJSON values leave as JSON text, strings too', async () => {
  const meta = async (value: unknown) =>
    (await run(SDL, '{ book { meta } }', { resolvers: { 'Query.book': { ...BOOK, meta: value } } })).data;

  expect(await meta({ a: [1] })).toEqual({ book: { meta: '{"a":[1]}' } });
  expect(await meta('text')).toEqual({ book: { meta: '"text"' } });
  expect(await meta(0)).toEqual({ book: { meta: '0' } });
  expect(await meta(false)).toEqual({ book: { meta: 'false' } });
});

test('mutation fields run one after another, query fields side by side', async () => {
  const log: string[] = [];
  const slow = (name: string, ms: number) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    log.push(`${name} ends`);
    return 1;
  };
  const resolvers = { 'Mutation.first': slow('first', 20), 'Mutation.second': slow('second', 1) };

  await run(SDL, 'mutation { first second }', { resolvers });

  expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('a field below the depth limit is refused where it stands', async () => {
  const resolvers = { 'Query.book': BOOK };

  const { data, errors } = await run(SDL, '{ book { tags author { born } } }', { resolvers, depthLimit: 2 });

  expect(data).toEqual({ book: { tags: null, author: { born: null } } });
  expect(errors![0]).toMatchObject({ errorType: 'QueryDepthLimitReached', path: ['book', 'author', 'born'] });
});

test('introspection answers from the schema, with the scalars it uses', async () => {
  const { data } = await run(
    SDL,
    '{ __type(name: "Book") { kind fields { name } } __schema { types { name } } }',
  );

  const { __type: type, __schema: schema } = data as {
    __type: { kind: string; fields: { name: string }[] };
    __schema: { types: { name: string }[] };
  };
  expect(type.kind).toBe('OBJECT');
  expect(type.fields.map(({ name }) => name)).toContain('author');
  const names = schema.types.map(({ name }) => name);
  expect(names).toContain('AWSDate');
  expect(names).not.toContain('AWSEmail');
});

test('introspection lists the directives AppSync has, where it has them', async () => {
  const { data } = await run(SDL, '{ __schema { directives { name locations } } }');

  const { directives } = (data as { __schema: { directives: { name: string; locations: string[] }[] } })
    .__schema;
  expect(Object.fromEntries(directives.map(({ name, locations }) => [name, locations.join(' ')]))).toEqual({
    include: 'FIELD FRAGMENT_SPREAD INLINE_FRAGMENT',
    skip: 'FIELD FRAGMENT_SPREAD INLINE_FRAGMENT',
    defer: 'FIELD',
    deprecated: 'FIELD_DEFINITION ENUM_VALUE',
    aws_subscribe: 'FIELD_DEFINITION',
    aws_publish: 'FIELD_DEFINITION',
    aws_auth: 'FIELD_DEFINITION',
    aws_api_key: 'OBJECT FIELD_DEFINITION',
    aws_iam: 'OBJECT FIELD_DEFINITION',
    aws_oidc: 'OBJECT FIELD_DEFINITION',
    aws_lambda: 'OBJECT FIELD_DEFINITION',
    aws_cognito_user_pools: 'OBJECT FIELD_DEFINITION',
  });
});

test('a deferred field is answered with the rest', async () => {
  expect(await run(SDL, '{ echo @defer }', { resolvers: { 'Query.echo': 'x' } })).toEqual({
    data: { echo: 'x' },
  });
});

test('an operation that the schema has no root type for is refused', async () => {
  const { data, errors } = await run('type Query { a: Int }', 'mutation { a }');

  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      path: null,
      locations: [{ line: 1, column: 1, sourceName: null }],
      message: 'Schema is not configured for mutations.',
    },
  ]);
});

test("a schema with a scalar of one's own is refused", async () => {
  await expect(run('scalar Mine type Query { a: Mine }', '{ a }')).rejects.toThrow(
    'schema Schema: AppSync does not allow custom scalars such as Mine',
  );
});
