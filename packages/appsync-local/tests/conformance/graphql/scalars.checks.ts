import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { invalid, received } from './received.ts';

/** As AppSync words it for results (GQL-326). */
const TIMESTAMP =
  "a valid timestamp. Ensure that the value provided is an Integer that lies within the limits specified in this scalar's description";

interface Scalar {
  name: string;
  argument: string;
  /** Number of the first of its three checks. */
  first: number;
  yes: unknown[];
  no: unknown[];
  noun: string;
  evidence: Evidence;
  wordsSource: string;
}

const SCALAR_ROWS: Scalar[] = [
  {
    name: 'AWSDate',
    argument: 'date',
    first: 231,
    yes: ['1970-01-01', '1970-01-01Z', '1970-01-01-07:00', '1970-01-01+05:30', '2021-01-01-05:30:12'],
    no: ['2019-12-24T04:15:57.798Z', '2021-1-01', '2021-02-30', 'today'],
    noun: 'a valid date',
    evidence: 'observed',
    wordsSource: 'aws-amplify/amplify-swift#278',
  },
  {
    name: 'AWSTime',
    argument: 'time',
    first: 233,
    yes: ['12:30', '12:30Z', '12:30:24-07:00', '12:30:24.500+05:30'],
    no: ['1:30', '24:00', '12:30.500+05:30', '12:30:24-0700'],
    noun: 'a valid Time Object',
    evidence: 'inferred',
    wordsSource: 'by analogy with AWSDateTime',
  },
  {
    name: 'AWSDateTime',
    argument: 'dateTime',
    first: 235,
    yes: [
      '1970-01-01T12:30Z',
      '-2017-01-01T00:00Z',
      '1970-01-01T12:00:00.123456789Z',
      '1970-01-01T12:30:24+05:30:10',
    ],
    no: ['2019', '1970-01-01T12:30', '2020-05-23T06:4:37.000Z', '1970-01-01T12:00:00.1234567890Z'],
    noun: 'a valid DateTime Object',
    evidence: 'observed',
    wordsSource: 'aws-amplify/amplify-cli#2033',
  },
  {
    name: 'AWSTimestamp',
    argument: 'timestamp',
    first: 237,
    yes: [0, -1, 1700000000, 31556889864403199],
    no: ['5', 1.5, 1e20],
    noun: TIMESTAMP,
    evidence: 'inferred',
    wordsSource: 'by analogy with results, aws-amplify/amplify-cli#3070',
  },
  {
    name: 'AWSEmail',
    argument: 'email',
    first: 239,
    yes: ['username@example.com', 'a@b'],
    no: ['a@', '@a', 'a @b.c'],
    noun: 'a valid email address',
    evidence: 'inferred',
    wordsSource: 'by analogy with AWSDateTime',
  },
  {
    name: 'AWSURL',
    argument: 'url',
    first: 241,
    yes: ['https://www.amazon.com/dp/1?a=b', 'http://localhost/', 'ftp://a/b'],
    no: ['amazon.com', 'https://example.com/a//b'],
    noun: 'a valid URL',
    evidence: 'inferred',
    wordsSource: 'by analogy with AWSDateTime',
  },
  {
    name: 'AWSPhone',
    argument: 'phone',
    first: 243,
    yes: ['+1 202-555-0143', '202-555-0143', '+44 20 7946 0958'],
    no: ['1110004444', 'abc', '7946 0958'],
    noun: 'a valid phone number',
    evidence: 'observed',
    wordsSource: 'aws-amplify/amplify-flutter#822',
  },
  {
    name: 'AWSIPAddress',
    argument: 'ip',
    first: 245,
    yes: ['127.0.0.1', '123.45.67.89/16', '1a2b:3c4b::1234:4567'],
    no: ['localhost', '999.1.1.1', '1.2.3.4/33'],
    noun: 'a valid IP address',
    evidence: 'inferred',
    wordsSource: 'by analogy with AWSDateTime',
  },
  {
    name: 'AWSJSON',
    argument: 'json',
    first: 247,
    yes: ['[]', '-1', 'true', '{"a": 1}'],
    no: ['{a: 1}', "{'a': 1}", 'text', ''],
    noun: 'valid JSON',
    evidence: 'inferred',
    wordsSource: 'by analogy with AWSDateTime',
  },
];

const scalarChecks = ({ name, argument, first, yes, no, noun, evidence, wordsSource }: Scalar): Check[] => [
  {
    id: `GQL-${first}`,
    promise: `takes for ${name}: ${yes.map((value) => `\`${String(value)}\``).join(', ')}`,
    source: 'AppSync developer guide, scalars',
    evidence: 'documented',
    async run(api) {
      for (const value of yes) {
        const got = await received(api, name, argument, value);
        assert.deepEqual(got, name === 'AWSJSON' ? JSON.parse(String(value)) : value);
      }
    },
  },
  {
    id: `GQL-${first + 1}`,
    promise: `refuses for ${name}, in its own words: ${no.map((value) => `\`${String(value)}\``).join(', ')}`,
    source: wordsSource,
    evidence,
    async run(api) {
      for (const value of no.filter((one) => typeof one === 'string')) {
        const words = invalid('v', `Unable to parse \`${value}\` as ${noun}.`);
        assert.equal(await received(api, name, argument, value), words);
      }
      for (const value of no.filter((one) => typeof one !== 'string')) {
        assert.match(
          String(await received(api, name, argument, value)),
          /^Variable 'v' has an invalid value\. /,
        );
      }
    },
  },
];

/** AppSync's own scalars on their way in. */
export const scalarValueChecks: Check[] = [
  ...SCALAR_ROWS.flatMap(scalarChecks),
  {
    id: 'GQL-250',
    promise: 'accepts a phone number of a country only if its number plan has it',
    source: 'AppSync developer guide, scalars: invalid numbers are refused',
    evidence: 'inferred',
    unlike: 'numbers with another country code than 1 are checked only by their length',
    async run(api) {
      assert.match(String(await received(api, 'AWSPhone', 'phone', '+44 11 1111 111')), /valid phone number/);
    },
  },
];
