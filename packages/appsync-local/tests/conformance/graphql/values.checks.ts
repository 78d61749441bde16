import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { invalid, received } from './received.ts';

type Row = [
  id: string,
  promise: string,
  type: string,
  argument: string,
  value: unknown,
  expected: unknown,
  source: string,
  evidence: Evidence,
];

const SCALARS = 'graphql-java v11, Scalars';
const RESOLVER = 'graphql-java v11, ValuesResolver';

const ROWS: Row[] = [
  ['GQL-201', 'takes a numeric string for an Int variable', 'Int', 'int', '5', 5, SCALARS, 'inferred'],
  ['GQL-202', 'takes `5.0` for an Int variable', 'Int', 'int', '5.0', 5, SCALARS, 'inferred'],
  [
    'GQL-203',
    'refuses text for an Int variable',
    'Int',
    'int',
    'five',
    invalid('v', "Expected type 'Int' but was 'String'."),
    SCALARS,
    'inferred',
  ],
  [
    'GQL-204',
    'refuses a fraction for an Int variable',
    'Int',
    'int',
    1.5,
    invalid('v', "Expected type 'Int' but was 'Double'."),
    SCALARS,
    'inferred',
  ],
  [
    'GQL-205',
    'refuses a Boolean for an Int variable',
    'Int',
    'int',
    true,
    invalid('v', "Expected type 'Int' but was 'Boolean'."),
    SCALARS,
    'inferred',
  ],
  [
    'GQL-206',
    'takes a numeric string for a Float variable',
    'Float',
    'float',
    '1.5',
    1.5,
    SCALARS,
    'inferred',
  ],
  ['GQL-207', 'takes a number for a String variable', 'String', 'text', 5, '5', SCALARS, 'inferred'],
  ['GQL-208', 'takes a Boolean for a String variable', 'String', 'text', true, 'true', SCALARS, 'inferred'],
  ['GQL-209', 'takes `TRUE` for a Boolean variable', 'Boolean', 'flag', 'TRUE', true, SCALARS, 'inferred'],
  [
    'GQL-210',
    'takes any other text for a Boolean variable as false',
    'Boolean',
    'flag',
    'yes',
    false,
    SCALARS,
    'inferred',
  ],
  ['GQL-211', 'takes a number for a Boolean variable', 'Boolean', 'flag', 2, true, SCALARS, 'inferred'],
  ['GQL-212', 'takes an integer for an ID variable', 'ID', 'id', 7, '7', SCALARS, 'inferred'],
  [
    'GQL-213',
    'refuses a fraction for an ID variable',
    'ID',
    'id',
    1.5,
    invalid('v', "Expected type 'ID' but was 'Double'."),
    SCALARS,
    'inferred',
  ],
  [
    'GQL-214',
    'refuses a name that an enum does not have',
    'Colour',
    'colour',
    'BLUE',
    invalid('v', "Invalid input for Enum 'Colour'. No value found for name 'BLUE'"),
    'graphql-java v11, GraphQLEnumType',
    'inferred',
  ],
  ['GQL-215', 'takes a single value for a list', '[Int]', 'ints', 5, [5], RESOLVER, 'inferred'],
  [
    'GQL-216',
    'takes a single input object for a list',
    '[Outer!]',
    'outers',
    { title: 'a' },
    [{ title: 'a' }],
    'aws/aws-appsync-community#273',
    'observed',
  ],
  [
    'GQL-217',
    'names the innermost field of an invalid value',
    'Outer',
    'outer',
    { inner: { name: 'n', phone: '1110004444' } },
    invalid('phone', 'Unable to parse `1110004444` as a valid phone number.'),
    'aws-amplify/amplify-flutter#822',
    'observed',
  ],
  [
    'GQL-218',
    'names the variable, not the field, for a forbidden null, at any depth',
    'Outer',
    'outer',
    { inner: {} },
    "Variable 'v' has coerced Null value for NonNull type 'String!'",
    'aws/aws-appsync-community#406',
    'observed',
  ],
  [
    'GQL-219',
    'refuses an unknown input field, with a blank at the end of the message',
    'Outer',
    'outer',
    { nope: 1 },
    "The variables input contains a field that is not defined for input object type 'Outer' ",
    'aws/aws-appsync-community#273',
    'observed',
  ],
  [
    'GQL-220',
    'refuses text for an input object',
    'Outer',
    'outer',
    'x',
    invalid(
      'v',
      "Expected type 'Map' but was 'String'. Variables for input objects must be an instance of type 'Map'.",
    ),
    RESOLVER,
    'inferred',
  ],
  [
    'GQL-221',
    'gives an input field its default when it is absent',
    'Outer',
    'outer',
    { inner: { name: 'n' } },
    { inner: { name: 'n', preset: 3 } },
    RESOLVER,
    'inferred',
  ],
  [
    'GQL-222',
    'gives an input field of a variable its default when it is null',
    'Outer',
    'outer',
    { inner: { name: 'n', preset: null } },
    { inner: { name: 'n', preset: 3 } },
    RESOLVER,
    'inferred',
  ],
  [
    'GQL-223',
    'keeps an absent input field absent and a null one null',
    'Outer',
    'outer',
    { title: null },
    { title: null },
    RESOLVER,
    'inferred',
  ],
  [
    'GQL-224',
    'passes a variable that was not given to the handler as null',
    'String',
    'text',
    undefined,
    null,
    'aws/aws-appsync-community#348',
    'observed',
  ],
  [
    'GQL-225',
    'passes a variable that was not given to the handler as null, even if the argument has a default',
    'Int',
    'preset',
    undefined,
    null,
    RESOLVER,
    'inferred',
  ],
  [
    'GQL-226',
    'passes parsed AWSJSON to the handler',
    'AWSJSON',
    'json',
    '{"a":[0,false,null]}',
    { a: [0, false, null] },
    'AppSync developer guide, scalars; aws-amplify/amplify-cli#5705',
    'documented',
  ],
  [
    'GQL-227',
    'takes a JSON scalar for AWSJSON',
    'AWSJSON',
    'json',
    '"1"',
    '1',
    'AppSync developer guide, scalars',
    'documented',
  ],
  [
    'GQL-228',
    'passes date and time to the handler as the given text',
    'AWSDateTime',
    'dateTime',
    '2020-01-01T00:00+00:00',
    '2020-01-01T00:00+00:00',
    'AppSync developer guide, scalars',
    'inferred',
  ],
];

/** Variables and arguments on their way in. */
export const valueChecks: Check[] = [
  ...ROWS.map(([id, promise, type, argument, value, expected, source, evidence]): Check => ({
    id,
    promise,
    source,
    evidence,
    async run(api) {
      assert.deepEqual(await received(api, type, argument, value), expected);
    },
  })),
  {
    id: 'GQL-251',
    promise: 'leaves an absent argument out of `ctx.args`, or fills in its default',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql<{ echo: string }, never>('{ echo }');
      assert.deepEqual(JSON.parse(data!.echo), { preset: 7 });
    },
  },
  {
    id: 'GQL-252',
    promise: 'passes a null literal as null',
    source: 'GraphQL specification 6.4.1',
    evidence: 'inferred',
    async run({ graphql }) {
      const { data } = await graphql<{ echo: string }, never>('{ echo(text: null, preset: null) }');
      assert.deepEqual(JSON.parse(data!.echo), { text: null, preset: null });
    },
  },
  {
    id: 'GQL-253',
    promise: 'uses the default of a variable that is absent or null',
    source: RESOLVER,
    evidence: 'inferred',
    async run({ graphql }) {
      for (const variables of [{}, { v: null }]) {
        const { data } = await graphql<{ echo: string }, object>(
          'query ($v: Int = 4) { echo(int: $v) }',
          variables,
        );
        assert.deepEqual(JSON.parse(data!.echo), { int: 4, preset: 7 });
      }
    },
  },
  {
    id: 'GQL-254',
    promise: 'refuses a required variable that is missing, at the place where it is declared',
    source: 'graphql/graphql-over-http#81; aws-amplify/amplify-flutter#822',
    evidence: 'observed',
    async run({ graphql }) {
      assert.deepEqual(await graphql('query ($id: ID!) { need(id: $id) }'), {
        data: null,
        errors: [
          {
            path: null,
            locations: [{ line: 1, column: 8, sourceName: null }],
            message: "Variable 'id' has coerced Null value for NonNull type 'ID!'",
          },
        ],
      });
    },
  },
  {
    id: 'GQL-255',
    promise: 'gives no place for an unknown input field',
    source: 'aws/aws-appsync-community#273',
    evidence: 'observed',
    async run({ graphql }) {
      const { errors } = await graphql('query ($o: Outer) { echo(outer: $o) }', { o: { nope: 1 } });
      assert.equal(errors?.[0]?.locations, null);
      assert.equal(errors?.[0]?.path, null);
    },
  },
  {
    id: 'GQL-256',
    promise: 'reports only the first invalid variable',
    source: RESOLVER,
    evidence: 'inferred',
    async run({ graphql }) {
      const { errors } = await graphql('query ($a: Int, $b: Int) { echo(int: $a) x: echo(int: $b) }', {
        a: 'x',
        b: 'y',
      });
      assert.deepEqual(
        errors?.map(({ message }) => message),
        [invalid('a', "Expected type 'Int' but was 'String'.")],
      );
    },
  },
  {
    id: 'GQL-257',
    promise: 'ignores variables that the operation does not declare',
    source: 'GraphQL specification 6.1.2',
    evidence: 'inferred',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ hello(name: "a") }', { nope: 1 }), { data: { hello: 'Hello, a' } });
    },
  },
];
