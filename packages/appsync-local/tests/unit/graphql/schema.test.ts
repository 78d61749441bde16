import { print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { loadSchema } from '../../../src/graphql/schema.ts';
import { parseSdl } from '../../../src/graphql/sdl.ts';

const load = (sdl: string) => loadSchema(sdl, [{ type: 'API_KEY' }], 'Api');

const interfacesOf = (sdl: string, type: string): string[] =>
  load(sdl)
    .schema.toConfig()
    .types.flatMap((each) => (each.name === type && 'getInterfaces' in each ? each.getInterfaces() : []))
    .map(({ name }) => name);

const NODES = 'interface Node { id: ID } interface Named { id: ID } type Query { a: A }';

describe('interfaces', () => {
  test.each([
    'Node & Named',
    '& Node & Named',
    'Node, Named',
    'Node Named',
    'Node,\n# and\nNamed',
    'Node\nNamed',
  ])('may be joined as in implements %j', (list) => {
    expect(interfacesOf(`${NODES} type A implements ${list} @aws_api_key { id: ID }`, 'A')).toEqual([
      'Node',
      'Named',
    ]);
  });

  test('are told from names that only look so', () => {
    const sdl =
      'enum E { type X implements Y Z } type A implements B { implements(a: Int): D, c: D } type B { d: D }';

    expect(print(parseSdl(sdl))).toBe(print(parseSdl(sdl.replace('Y Z', 'Y, Z'))));
    expect(print(parseSdl('type A implements B type C { d: D }'))).toContain('type C');
  });

  test('may not implement interfaces, all of which are named', () => {
    const sdl = `${NODES} type A implements Node { id: ID }
      interface B implements Node { id: ID } interface C implements Node, Named { id: ID }`;

    expect(() => load(sdl)).toThrow(
      'schema Api: AppSync refuses an interface that implements another (B implements Node, C implements Node & Named); let the types implement them all',
    );
  });
});

describe('a semicolon', () => {
  test('counts as a blank, but not in texts and comments', () => {
    const { schema } = load(`"a;b" type Query { "c;d" a: Int; b: Int }; # e;f
      """g;"h";""" type A { a: Int };`);

    expect(schema.getType('A')?.description).toBe('g;"h";');
    expect(schema.getQueryType()?.description).toBe('a;b');
    expect(Object.keys(schema.getQueryType()!.getFields())).toEqual(['a', 'b']);
  });

  test('moves no place in an error', () => {
    expect(() => load('type Query { a: Int };\ntype A { a: }')).toThrow(
      'Syntax Error: Expected Name, found "}".',
    );
  });
});

describe('directives', () => {
  test('that AppSync does not know are told and have no effect', () => {
    const { unknown, schema } =
      load(`type Query @model(queries: null) { a(o: O): Int @auth(rules: [{ allow: owner }]) @cost }
      input O @oneOf { a: Int b: Int @constraint(min: 1) }`);

    expect(unknown).toEqual(['@auth', '@constraint', '@cost', '@model', '@oneOf']);
    expect(schema.getDirectives().map(({ name }) => name)).not.toContain('auth');
  });

  test('of merged APIs are taken without a word', () => {
    const { unknown } = load(`type Query @canonical { a: Int @hidden b: B @renamed(to: "c") }
      interface B @canonical { a: Int } union U @hidden = A type A implements B { a: Int } enum E @renamed(to: "F") { G @hidden }`);

    expect(unknown).toEqual([]);
  });

  test('that the schema declares are its own', () => {
    const { unknown } = load('directive @mine on OBJECT type Query @mine { a: Int @mine }');

    expect(unknown).toEqual([]);
  });

  test('of authorization may stand on unions, interfaces, enums and inputs', () => {
    const { unknown, rules } = load(`type Query { n: N u: U a(i: I): E }
      interface N @aws_iam { a: Int @aws_iam } union U @aws_api_key @aws_iam = A
      enum E @aws_cognito_user_pools(cognito_groups: ["x"]) { B @aws_iam } input I @aws_iam { a: Int @aws_iam }
      type A implements N @aws_iam { a: Int }`);

    expect(unknown).toEqual([]);
    expect(rules.get('A.a')).toEqual([{ mode: 'AWS_IAM', groups: null }]);
    expect(rules.get('Query.n')).toEqual([{ mode: 'API_KEY', groups: null }]);
  });
});

describe('a default', () => {
  test.each([
    ['type Query { a(x: Int = "s"): Int }', 'the default "s" of Query.a(x:) is not of type Int'],
    ['type Query { a(x: Boolean = "yes"): Int }', 'the default "yes" of Query.a(x:) is not of type Boolean'],
    [
      'enum E { A } type Query { a(x: [E!] = [A, B]): Int }',
      'the default [A, B] of Query.a(x:) is not of type [E!]',
    ],
    [
      'input I { d: AWSDate = "soon" } type Query { a(x: I): Int }',
      'the default "soon" of I.d is not of type AWSDate',
    ],
    [
      'interface N { a(x: Int = 3000000000): Int } type Query { n: N }',
      'the default 3000000000 of N.a(x:) is not of type Int',
    ],
  ])('that does not fit is refused: %s', (sdl, message) => {
    expect(() => load(sdl)).toThrow(`schema Api: ${message}`);
  });

  test('that fits is taken', () => {
    const sdl = `enum E { A } input I { a: Int = 1 b: [Int] = 2 }
      type Query { a(x: Int = 1, e: E = A, i: I = { a: 3 }, j: AWSJSON = "{}", n: Int = null, id: ID = 7): Int }`;

    expect(() => load(sdl)).not.toThrow();
  });
});

test.each(['query { a }', 'query Mine { a }', 'fragment Mine on Query { a }'])(
  'a schema has no operations: %s',
  (operation) => {
    expect(() => load(`type Query { a: Int } ${operation}`)).toThrow(
      'schema Api: AppSync refuses operations and fragments in a schema; move them to another file',
    );
  },
);

test('a subscription may name a single mutation without a list', () => {
  const { subscribes } = load(
    'type Query { a: Int } type Mutation { m: Int } type Subscription { s: Int @aws_subscribe(mutations: "m") }',
  );

  expect(subscribes.get('s')).toEqual(['m']);
});
