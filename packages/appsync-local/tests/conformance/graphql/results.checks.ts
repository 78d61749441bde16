import assert from 'node:assert/strict';
import type { ErrorEntry } from '../../harness/target.ts';
import type { Check, ConformanceApi, Evidence } from '../check.ts';

interface Answer {
  out: Record<string, unknown> | null;
  errors: ErrorEntry[] | undefined;
}

/** `Query.out` answers its argument, so that any value can be held against any type. */
async function out({ graphql }: ConformanceApi, selection: string, value: unknown): Promise<Answer> {
  const { data, errors } = await graphql<{ out: Answer['out'] }, object>(
    `query ($value: AWSJSON) { out(value: $value) { ${selection} } }`,
    { value: JSON.stringify(value) },
  );
  return { out: data?.out ?? null, errors };
}

const completion = (path: (string | number)[], message: string): object => ({
  path,
  locations: null,
  message,
});

const nullError = (path: (string | number)[], type: string, parent: string, text: string): object =>
  completion(path, `Cannot return null for non-nullable type: '${type}' within parent '${parent}' (${text})`);

type LeafRow = [
  id: string,
  promise: string,
  field: string,
  value: unknown,
  expected: unknown,
  source: string,
  evidence: Evidence,
];

const LS = 'localstack/localstack, test_appsync.py (run on AWS)';
const SCALARS = 'graphql-java v11, Scalars';

/** A field of `Out`, what the resolver gave, and what the client gets. */
const LEAVES: LeafRow[] = [
  ['GQL-301', 'answers a number of a String field as text', 'text', 5, '5', SCALARS, 'inferred'],
  [
    'GQL-302',
    'answers a map of a String field as Java prints it',
    'text',
    { a: 1, b: 'x' },
    '{a=1, b=x}',
    LS,
    'observed',
  ],
  ['GQL-303', 'answers `"true"` of a Boolean field as true', 'flag', 'true', true, LS, 'observed'],
  ['GQL-304', 'answers `"TruE"` of a Boolean field as true', 'flag', 'TruE', true, LS, 'observed'],
  [
    'GQL-305',
    'answers other text of a Boolean field as false',
    'flag',
    'RandomString',
    false,
    LS,
    'observed',
  ],
  ['GQL-306', 'answers `"1"` of a Boolean field as false', 'flag', '1', false, LS, 'observed'],
  ['GQL-307', 'answers 1 of a Boolean field as true', 'flag', 1, true, LS, 'observed'],
  ['GQL-308', 'answers 0 of a Boolean field as false', 'flag', 0, false, LS, 'observed'],
  ['GQL-309', 'answers a numeric string of an Int field as a number', 'int', '5', 5, SCALARS, 'inferred'],
  ['GQL-310', 'answers an integer of an ID field as text', 'id', 7, '7', SCALARS, 'inferred'],
  [
    'GQL-311',
    'answers an object of an AWSJSON field as text',
    'json',
    { a: [1] },
    '{"a":[1]}',
    'aws-amplify/amplify-cli#5207',
    'observed',
  ],
  [
    'GQL-312',
    'encodes a string of an AWSJSON field as JSON, too',
    'json',
    'x',
    '"x"',
    'awslabs/aws-mobile-appsync-sdk-js#533',
    'inferred',
  ],
];

type UnfitRow = [
  id: string,
  promise: string,
  field: string,
  value: unknown,
  reason: string,
  source: string,
  evidence: Evidence,
];

const UNFIT: UnfitRow[] = [
  [
    'GQL-321',
    'cannot answer a list of a Boolean field',
    'flag',
    [],
    "Expected type 'Boolean' but was 'ArrayList'.",
    'localstack/localstack, test_appsync.py (run on AWS) for the error, graphql-java v11 for the words',
    'inferred',
  ],
  [
    'GQL-322',
    'cannot answer a fraction of an Int field',
    'int',
    5.5,
    "Expected type 'Int' but was 'Double'.",
    SCALARS,
    'inferred',
  ],
  [
    'GQL-323',
    'cannot answer a name that an enum does not have',
    'colour',
    'BLUE',
    "Invalid input for Enum 'Colour'. Unknown value 'BLUE'",
    'graphql-java v11, GraphQLEnumType',
    'inferred',
  ],
  [
    'GQL-324',
    'cannot answer a date and time with unpadded parts',
    'dateTime',
    '2020-05-23T06:4:37.000Z',
    'Unable to serialize `2020-05-23T06:4:37.000Z` as a valid DateTime Object.',
    'aws-amplify/amplify-js#5963',
    'observed',
  ],
  [
    'GQL-325',
    'cannot answer text of an AWSDate field that is not a date',
    'date',
    'yesterday',
    'Unable to serialize `yesterday` as a valid date.',
    'by analogy with aws-amplify/amplify-js#5963',
    'inferred',
  ],
  [
    'GQL-326',
    'cannot answer a map of an AWSTimestamp field',
    'timestamp',
    { lastHeartbeat: 1577193053 },
    "Unable to serialize `{lastHeartbeat=1577193053}` as a valid timestamp. Ensure that the value provided is an Integer that lies within the limits specified in this scalar's description.",
    'aws-amplify/amplify-cli#3070, aws-amplify/amplify-category-api#354',
    'observed',
  ],
];

/** Values on their way out. */
export const resultChecks: Check[] = [
  ...LEAVES.map(([id, promise, field, value, expected, source, evidence]): Check => ({
    id,
    promise,
    source,
    evidence,
    async run(api) {
      assert.deepEqual(await out(api, field, { [field]: value }), {
        out: { [field]: expected },
        errors: undefined,
      });
    },
  })),
  ...UNFIT.map(([id, promise, field, value, reason, source, evidence]): Check => ({
    id,
    promise: `${promise}: null, with the reason`,
    source,
    evidence,
    async run(api) {
      assert.deepEqual(await out(api, field, { [field]: value }), {
        out: { [field]: null },
        errors: [completion(['out', field], `Can't serialize value (/out/${field}) : ${reason}`)],
      });
    },
  })),
  {
    id: 'GQL-331',
    promise: 'reports a null in a non-null place with Java’s form of the path, and makes the parent null',
    source: 'aws/aws-appsync-community#247',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await out(api, 'text need', { text: 'a' }), {
        out: null,
        errors: [nullError(['out', 'need'], 'String', 'Out', '/out/need')],
      });
    },
  },
  {
    id: 'GQL-332',
    promise: 'reports every forbidden null of an object, not only the first',
    source: 'aws/aws-appsync-community#379',
    evidence: 'observed',
    async run(api) {
      const { errors } = await out(api, 'need also', {});
      assert.deepEqual(errors, [
        nullError(['out', 'need'], 'String', 'Out', '/out/need'),
        nullError(['out', 'also'], 'Int', 'Out', '/out/also'),
      ]);
    },
  },
  {
    id: 'GQL-333',
    promise: "says `type: 'null'` for null in the place of a non-null list",
    source: 'awslabs/aws-mobile-appsync-sdk-js#493',
    evidence: 'observed',
    async run(api) {
      const { errors } = await out(api, 'must', {});
      assert.deepEqual(errors, [nullError(['out', 'must'], 'null', 'Out', '/out/must')]);
    },
  },
  {
    id: 'GQL-334',
    promise: 'makes the whole list null for a forbidden null element',
    source: 'GraphQL specification 6.4.4; aws-amplify/amplify-cli#11000',
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await out(api, 'needs', { needs: ['a', null] }), {
        out: { needs: null },
        errors: [nullError(['out', 'needs', 1], 'String', 'Out', '/out/needs[1]')],
      });
    },
  },
  {
    id: 'GQL-335',
    promise: 'writes list positions into the path: `/outs[1]/author/name`',
    source: 'aws-amplify/amplify-js#5963',
    evidence: 'observed',
    async run({ graphql }) {
      const { data, errors } = await graphql('query ($v: AWSJSON) { outs(value: $v) { author { name } } }', {
        v: JSON.stringify([{ author: { name: 'a' } }, { author: {} }]),
      });
      assert.deepEqual(data, { outs: [{ author: { name: 'a' } }, { author: null }] });
      assert.deepEqual(errors, [
        nullError(['outs', 1, 'author', 'name'], 'String', 'Author', '/outs[1]/author/name'),
      ]);
    },
  },
  {
    id: 'GQL-336',
    promise: 'reports a map in the place of a list',
    source: 'graphql-java v11, TypeMismatchError; the `, got …` was seen in answers of AWS',
    evidence: 'observed',
    async run({ graphql }) {
      const { data, errors } = await graphql('query ($v: AWSJSON) { outs(value: $v) { text } }', { v: '{}' });
      assert.deepEqual(data, { outs: null });
      assert.deepEqual(errors, [
        completion(
          ['outs'],
          "Can't resolve value (/outs) : type mismatch error, expected type LIST, got OBJECT",
        ),
      ]);
    },
  },
  {
    id: 'GQL-337',
    promise: 'finds the type of an interface and of a union in `__typename` of the result',
    source: 'AppSync developer guide, interfaces-and-unions',
    evidence: 'documented',
    async run({ graphql }) {
      const { data } = await graphql(
        `
          query ($v: AWSJSON) {
            any(value: $v) {
              __typename
              ... on Tag {
                label
              }
            }
            named(value: $v) {
              __typename
              name
              ... on Tag {
                label
              }
              ... on Author {
                born
              }
            }
          }
        `,
        { v: JSON.stringify({ __typename: 'Tag', name: 'n', label: 'l' }) },
      );
      assert.deepEqual(data, {
        any: { __typename: 'Tag', label: 'l' },
        named: { __typename: 'Tag', name: 'n', label: 'l' },
      });
    },
  },
  {
    id: 'GQL-338',
    promise: 'makes a union null if its result does not name its type, and says why',
    source: 'graphql-java v11, UnresolvedTypeException',
    evidence: 'inferred',
    async run({ graphql }) {
      const { data, errors } = await graphql('query ($v: AWSJSON) { any(value: $v) { __typename } }', {
        v: '{"label":"l"}',
      });
      assert.deepEqual(data, { any: null });
      assert.deepEqual(errors, [
        completion(
          ['any'],
          "Can't resolve '/any'. Abstract type 'Any' must resolve to an Object type at runtime for field 'Query.any'.",
        ),
      ]);
    },
  },
  {
    id: 'GQL-339',
    promise: 'answers a field without a resolver with the member of that name, and null where there is none',
    source: LS,
    evidence: 'observed',
    async run(api) {
      assert.deepEqual(await out(api, 'text author { name born }', { text: 'a', author: { name: 'n' } }), {
        out: { text: 'a', author: { name: 'n', born: null } },
        errors: undefined,
      });
    },
  },
  {
    id: 'GQL-340',
    promise: 'answers a root field without a resolver with null and no error',
    source: LS,
    evidence: 'observed',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ unattached }'), { data: { unattached: null } });
    },
  },
];
