import { expect, it, describe } from 'vitest';
import { run } from '../harness/run.ts';

const SDL = `
  enum Colour { RED GREEN }
  input Inner { name: String! at: AWSDateTime colour: Colour sizes: [Int!] preset: Int = 3 }
  input Outer { inner: Inner meta: AWSJSON }
  type Query {
    echo(int: Int, float: Float, text: String, flag: Boolean, id: ID, colour: Colour, ints: [Int], outer: Outer, outers: [Outer!], preset: Int = 7): AWSJSON
    need(id: ID!): AWSJSON
  }
`;
const resolvers = { 'Query.echo': (args: object) => args, 'Query.need': (args: object) => args };

async function answer(type: string, value: unknown, argument: string, field = 'echo') {
  const query = `query Q($v: ${type}) { ${field}(${argument}: $v) }`;
  return run(SDL, query, { variables: value === undefined ? {} : { v: value }, resolvers });
}

/** What a handler gets of a variable's value. */
async function received(type: string, value: unknown, argument: string): Promise<unknown> {
  const { data, errors } = await answer(type, value, argument);
  return errors?.[0]?.message ?? JSON.parse((data as { echo: string }).echo)[argument];
}

describe('built-in scalars take of variables', () => {
  it.each([
    ['Int', 5, 'int', 5],
    ['Int', '5', 'int', 5],
    ['Int', '5.0', 'int', 5],
    ['Int', 1.5, 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'Double'."],
    ['Int', 2 ** 31, 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'Long'."],
    ['Int', 'five', 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'String'."],
    ['Int', '0x10', 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'String'."],
    ['Int', true, 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'Boolean'."],
    ['Int', {}, 'int', "Variable 'v' has an invalid value. Expected type 'Int' but was 'LinkedHashMap'."],
    ['Float', '1.5e3', 'float', 1500],
    ['Float', 2, 'float', 2],
    ['Float', '1e999', 'float', "Variable 'v' has an invalid value. Expected type 'Float' but was 'String'."],
    ['String', 5, 'text', '5'],
    ['String', true, 'text', 'true'],
    ['String', { a: [1, { b: null }] }, 'text', '{a=[1, {b=null}]}'],
    ['Boolean', 'TruE', 'flag', true],
    ['Boolean', 'yes', 'flag', false],
    ['Boolean', 2, 'flag', true],
    ['Boolean', 0, 'flag', false],
    [
      'Boolean',
      [],
      'flag',
      "Variable 'v' has an invalid value. Expected type 'Boolean' but was 'ArrayList'.",
    ],
    ['ID', 7, 'id', '7'],
    ['ID', 1.5, 'id', "Variable 'v' has an invalid value. Expected type 'ID' but was 'Double'."],
    ['Colour', 'RED', 'colour', 'RED'],
    [
      'Colour',
      'BLUE',
      'colour',
      "Variable 'v' has an invalid value. Invalid input for Enum 'Colour'. No value found for name 'BLUE'",
    ],
    ['[Int]', 5, 'ints', [5]],
    ['[Int]', [1, null, '2'], 'ints', [1, null, 2]],
  ])('%s %j', async (type, value, argument, expected) => {
    expect(await received(type, value, argument)).toEqual(expected);
  });
});

describe('input objects', () => {
  it.each([
    [{ inner: { name: 'n' } }, { inner: { name: 'n', preset: 3 } }],
    [{ inner: { name: 'n', preset: null } }, { inner: { name: 'n', preset: 3 } }],
    [{ inner: { name: 'n', sizes: 1, at: null } }, { inner: { name: 'n', sizes: [1], at: null, preset: 3 } }],
    [{ meta: '{"a":0}' }, { meta: { a: 0 } }],
    [
      { inner: { name: 'n', at: '2019' } },
      "Variable 'at' has an invalid value. Unable to parse `2019` as a valid DateTime Object.",
    ],
    [{ inner: {} }, "Variable 'v' has coerced Null value for NonNull type 'String!'"],
    [
      { inner: { name: 'n', sizes: [1, null] } },
      "Variable 'v' has coerced Null value for NonNull type 'Int!'",
    ],
    [
      { inner: { name: 'n', nope: 1 } },
      "The variables input contains a field that is not defined for input object type 'Inner' ",
    ],
    [
      { inner: 'x' },
      "Variable 'inner' has an invalid value. Expected type 'Map' but was 'String'. Variables for input objects must be an instance of type 'Map'.",
    ],
    [{ meta: '{a: 1}' }, "Variable 'meta' has an invalid value. Unable to parse `{a: 1}` as valid JSON."],
    [{ meta: { a: 1 } }, "Variable 'meta' has an invalid value. Unable to parse `{a=1}` as valid JSON."],
  ])('%j', async (value, expected) => {
    expect(await received('Outer', value, 'outer')).toEqual(expected);
  });

  it('may stand alone for a list of one', async () => {
    expect(await received('[Outer!]', { meta: '1' }, 'outers')).toEqual([{ meta: 1 }]);
  });
});

it('an error has the place of the variable, no path and no type', async () => {
  expect(await answer('ID!', undefined, 'id', 'need')).toEqual({
    data: null,
    errors: [
      {
        path: null,
        locations: [{ line: 1, column: 9, sourceName: null }],
        message: "Variable 'v' has coerced Null value for NonNull type 'ID!'",
      },
    ],
  });
});

it('an unknown input field has no place at all', async () => {
  const { errors } = await answer('Outer', { nope: 1 }, 'outer');

  expect(errors![0]!.locations).toBeNull();
});

it('only the first variable at fault is reported', async () => {
  const query = 'query ($a: Int, $b: Int) { echo(int: $a) x: echo(int: $b) }';

  const { errors } = await run(SDL, query, { variables: { a: 'x', b: 'y' }, resolvers });

  expect(errors!.map(({ message }) => message)).toEqual([
    "Variable 'a' has an invalid value. Expected type 'Int' but was 'String'.",
  ]);
});

describe('defaults', () => {
  it('of a variable stand in for null too', async () => {
    const echo = async (variables: Record<string, unknown>) =>
      (await run(SDL, 'query ($v: Int = 4) { echo(int: $v) }', { variables, resolvers })).data;

    expect(await echo({})).toEqual({ echo: '{"int":4,"preset":7}' });
    expect(await echo({ v: null })).toEqual({ echo: '{"int":4,"preset":7}' });
    expect(await echo({ v: 1 })).toEqual({ echo: '{"int":1,"preset":7}' });
  });

  it('of an argument do not stand in for a variable that was not given', async () => {
    expect(await received('Int', undefined, 'preset')).toBeNull();
  });

  it('of an input field stand in for a variable that is null, and the field is absent if it was not given', async () => {
    const query =
      'query ($v: Int, $s: AWSDateTime) { echo(outer: { inner: { name: "n", preset: $v, at: $s } }) }';
    const { data } = await run(SDL, query, { variables: { v: null }, resolvers });

    expect(JSON.parse((data as { echo: string }).echo).outer).toEqual({ inner: { name: 'n', preset: 3 } });
  });

  it('of AWSJSON reach handlers parsed', async () => {
    const sdl = 'type Query { echo(meta: AWSJSON = "{\\"a\\": 1}"): AWSJSON }';

    expect((await run(sdl, '{ echo }', { resolvers })).data).toEqual({ echo: '{"meta":{"a":1}}' });
  });
});

it('what Object.prototype has is no variable', async () => {
  const query = 'query ($constructor: String) { echo(text: $constructor) }';
  const proto = 'query ($__proto__: String) { echo(text: $__proto__) }';
  const variables = JSON.parse('{"__proto__": "own"}') as Record<string, unknown>;

  expect((await run(SDL, query, { variables: {}, resolvers })).data).toEqual({
    echo: '{"text":null,"preset":7}',
  });
  expect((await run(SDL, proto, { variables, resolvers })).data).toEqual({
    echo: '{"text":"own","preset":7}',
  });
});
