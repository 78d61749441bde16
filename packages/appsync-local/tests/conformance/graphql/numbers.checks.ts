import assert from 'node:assert/strict';
import { apiKey } from '../../harness/target.ts';
import type { Check, ConformanceApi, Evidence } from '../check.ts';
import { invalid } from './received.ts';

type Row = [
  id: string,
  promise: string,
  type: string,
  argument: string,
  /** As the client writes the variable. */
  json: string,
  expected: unknown,
  source: string,
  evidence: Evidence,
];

const ID = 'graphql-java v11, Scalars: Long; graphql-java v14: BigInteger';
const NUMBERS = 'graphql-java v11, Scalars';
const DECIMAL = 'graphql-java v11, Scalars, which writes the number; its Java class is unknown';

const ROWS: Row[] = [
  [
    'GQL-410',
    'keeps every digit of a whole number for an ID',
    'ID',
    'id',
    '1234567890123456789',
    '1234567890123456789',
    ID,
    'inferred',
  ],
  [
    'GQL-411',
    'keeps every digit of a whole number beyond 64 bits for an ID',
    'ID',
    'id',
    '-123456789012345678901234567890',
    '-123456789012345678901234567890',
    ID,
    'inferred',
  ],
  ['GQL-412', 'takes -0 for the ID 0', 'ID', 'id', '-0', '0', NUMBERS, 'inferred'],
  [
    'GQL-413',
    'refuses a number with a decimal point for an ID, even if it is whole',
    'ID',
    'id',
    '5.0',
    invalid('v', "Expected type 'ID' but was 'Double'."),
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-414',
    'keeps every digit of a whole number for a String',
    'String',
    'text',
    '12345678901234567890',
    '12345678901234567890',
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-415',
    'keeps every digit of a fraction for a String',
    'String',
    'text',
    '12345678901234567890.50',
    '12345678901234567890.50',
    DECIMAL,
    'chosen',
  ],
  [
    'GQL-416',
    'keeps a number beyond the range of a double for a String',
    'String',
    'text',
    '1e400',
    '1E+400',
    DECIMAL,
    'chosen',
  ],
  [
    'GQL-417',
    'keeps every digit deep in an input object',
    'Outer',
    'outer',
    '{"title": 9007199254740993, "inner": {"name": 1234567890123456789, "sizes": [1.0]}}',
    {
      title: '9007199254740993',
      inner: { name: '1234567890123456789', sizes: [1], preset: 3 },
    },
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-418',
    'takes a whole number in any notation for an Int',
    '[Int]',
    'ints',
    '[5.0, 1e3, -0, 50e-1]',
    [5, 1000, 0, 5],
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-419',
    'refuses a fraction too small for a double for an Int',
    'Int',
    'int',
    '5.00000000000000000001',
    invalid('v', "Expected type 'Int' but was 'Double'."),
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-420',
    'refuses a whole number beyond 32 bits for an Int, and calls it a Long',
    'Int',
    'int',
    '9007199254740993',
    invalid('v', "Expected type 'Int' but was 'Long'."),
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-421',
    'refuses a whole number beyond 64 bits for an Int, and calls it a BigInteger',
    'Int',
    'int',
    '12345678901234567890',
    invalid('v', "Expected type 'Int' but was 'BigInteger'."),
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-422',
    'takes the nearest double for a Float',
    'Float',
    'float',
    '12345678901234567890.5',
    12345678901234567000,
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-423',
    'refuses a number beyond the range of a double for a Float',
    'Float',
    'float',
    '1e400',
    invalid('v', "Expected type 'Float' but was 'Double'."),
    NUMBERS,
    'inferred',
  ],
  [
    'GQL-424',
    'shows every digit when it refuses a number for AWSJSON, which must be text',
    'AWSJSON',
    'json',
    '1234567890123456789',
    invalid('v', 'Unable to parse `1234567890123456789` as valid JSON.'),
    'AppSync scalars by analogy',
    'inferred',
  ],
];

/** The response to a POST whose variable `v` is this JSON. */
async function posted({ target }: ConformanceApi, query: string, json: string): Promise<unknown> {
  const body = `{"query": ${JSON.stringify(query)}, "variables": {"v": ${json}}}`;
  const { body: answer } = await target.post(body, await target.headersFor(apiKey, body));
  return outcome(answer);
}

async function got({ target }: ConformanceApi, query: string, json: string): Promise<unknown> {
  const path = `/graphql?${new URLSearchParams({ query, variables: `{"v": ${json}}` })}`;
  const { body } = await target.send('GET', path, await target.headersFor(apiKey, '', path));
  return outcome(body);
}

/** What the handler got, or the message of the error. */
function outcome(answer: string): unknown {
  const { data, errors } = JSON.parse(answer) as { data: { echo: string }; errors?: { message: string }[] };
  return errors ? errors[0]!.message : JSON.parse(data.echo);
}

/** Numbers of JSON that JavaScript would not write as the client did. */
export const numberChecks: Check[] = [
  ...ROWS.map(([id, promise, type, argument, json, expected, source, evidence]): Check => ({
    id,
    promise,
    source,
    evidence,
    async run(api) {
      const answer = await posted(api, `query Q($v: ${type}) { echo(${argument}: $v) }`, json);
      const seen = typeof answer === 'string' ? answer : (answer as Record<string, unknown>)[argument];
      assert.deepEqual(seen, expected);
    },
  })),
  {
    id: 'GQL-428',
    promise: 'refuses a number with a decimal point or an exponent for an AWSTimestamp, even if it is whole',
    source: 'aws-amplify/amplify-android#2453, where 1.6841268E12 was refused',
    evidence: 'inferred',
    async run(api) {
      for (const json of ['1.6841268E12', '1684126800000.0']) {
        const answer = await posted(api, 'query Q($v: AWSTimestamp) { echo(timestamp: $v) }', json);
        assert.match(
          String(answer),
          /^Variable 'v' has an invalid value\. Unable to parse .* as a valid timestamp\. /,
        );
      }
    },
  },
  {
    id: 'GQL-426',
    promise: 'keeps every digit of the variables in a URL',
    source: ID,
    evidence: 'inferred',
    async run(api) {
      const query = 'query ($v: ID) { echo(id: $v, preset: 1) }';
      assert.deepEqual(await got(api, query, '1234567890123456789'), {
        id: '1234567890123456789',
        preset: 1,
      });
    },
  },
  {
    id: 'GQL-427',
    promise: 'does not change text that looks like such a number',
    source: 'RFC 8259',
    evidence: 'documented',
    async run(api) {
      const text = '{"a":1.0, "b":[12345678901234567890,1e400], "t":"00:00:00.000"}';
      assert.deepEqual(
        await posted(api, 'query ($v: String) { echo(text: $v, preset: 1) }', JSON.stringify(text)),
        { text, preset: 1 },
      );
    },
  },
];
