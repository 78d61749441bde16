import assert from 'node:assert/strict';
import { apiKey, type RawResponse } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';

const send = async (
  { target }: ConformanceApi,
  body: string,
  headers: Record<string, string> = {},
): Promise<RawResponse> => target.post(body, { ...(await target.headersFor(apiKey, body)), ...headers });

async function get({ target }: ConformanceApi, query: Record<string, string>): Promise<RawResponse> {
  const path = `/graphql?${new URLSearchParams(query)}`;
  return target.send('GET', path, await target.headersFor(apiKey, '', path));
}

/** A request that AppSync's front refuses: status, type and message, the type in a header too. */
function refused(response: RawResponse, status: number, errorType: string, message?: string): void {
  const { errors } = JSON.parse(response.body) as { errors: { errorType: string; message: string }[] };
  assert.equal(response.status, status);
  assert.equal(errors[0]?.errorType, errorType);
  if (message !== undefined) {
    assert.equal(errors[0]?.message, message);
  }
  assert.match(response.headers['x-amzn-errortype'] ?? '', new RegExp(errorType));
}

const unparsable = (response: RawResponse): void =>
  refused(response, 400, 'MalformedHttpRequestException', 'Unable to parse GraphQL query.');

const HELLO = { query: '{ hello(name: "Ada") }' };
const TWO = 'query A { __typename } query B { b: __typename }';

/** What arrives over HTTP, before it is GraphQL. */
export const requestChecks: Check[] = [
  {
    id: 'GQL-001',
    promise: 'answers a query with data and without an `errors` member',
    source: 'AppSync developer guide, designing-a-graphql-api',
    evidence: 'documented',
    async run({ graphql }) {
      assert.deepEqual(await graphql('{ hello(name: "Ada") }'), { data: { hello: 'Hello, Ada' } });
    },
  },
  {
    id: 'GQL-002',
    promise: 'answers an empty body with 400 `Request body is empty.`',
    source: 'graphql/graphql-over-http#81',
    evidence: 'documented',
    run: async (api) =>
      refused(await send(api, ''), 400, 'MalformedHttpRequestException', 'Request body is empty.'),
  },
  ...(
    [
      ['GQL-003', 'meow', 'a body that is not JSON'],
      ['GQL-004', '{}', 'a body without a query'],
      ['GQL-005', '{}}', 'JSON with something after it'],
      ['GQL-006', '[]', 'an array'],
    ] as const
  ).map(([id, body, what]): Check => ({
    id,
    promise: `answers ${what} with 400 \`Unable to parse GraphQL query.\``,
    source: 'graphql/graphql-over-http#81',
    evidence: 'documented',
    run: async (api) => unparsable(await send(api, body)),
  })),
  {
    id: 'GQL-007',
    promise: 'answers an array of operations with 400: there is no batching',
    source: 'aws-amplify/amplify-js#3107',
    evidence: 'observed',
    run: async (api) => unparsable(await send(api, JSON.stringify([HELLO]))),
  },
  {
    id: 'GQL-008',
    promise: 'answers a syntax error with 400 `Unable to parse GraphQL query.`',
    source: 'graphql/graphql-over-http#81, the same parser',
    evidence: 'inferred',
    run: async (api) => unparsable(await send(api, JSON.stringify({ query: '{ hello(' }))),
  },
  {
    id: 'GQL-009',
    promise: 'answers several operations without a name with 400 `Missing operation name.`',
    source: 'floci-io/floci, citing graphql/graphql-over-http#81',
    evidence: 'inferred',
    run: async (api) =>
      refused(
        await send(api, JSON.stringify({ query: TWO })),
        400,
        'BadRequestException',
        'Missing operation name.',
      ),
  },
  {
    id: 'GQL-010',
    promise: 'runs the operation that `operationName` names',
    source: 'GraphQL specification 6.1',
    evidence: 'inferred',
    async run(api) {
      const { body } = await send(api, JSON.stringify({ query: TWO, operationName: 'B' }));
      assert.deepEqual(JSON.parse(body), { data: { b: 'Query' } });
    },
  },
  {
    id: 'GQL-011',
    promise: "answers an `operationName` that no operation has with 400 `Unknown operation named '…'.`",
    source: 'graphql-java v11, UnknownOperationException',
    evidence: 'chosen',
    run: async (api) =>
      refused(
        await send(api, JSON.stringify({ query: TWO, operationName: 'C' })),
        400,
        'BadRequestException',
        "Unknown operation named 'C'.",
      ),
  },
  {
    id: 'GQL-012',
    promise: 'answers a subscription over HTTP with 400',
    source: 'aws-samples/aws-amplify-appsync-graphql-real-time-canvas#28',
    evidence: 'observed',
    async run(api) {
      assert.equal((await send(api, JSON.stringify({ query: 'subscription { onSay }' }))).status, 400);
    },
  },
  {
    id: 'GQL-025',
    promise: 'refuses a subscription over HTTP with a message about MQTT, its former transport',
    source:
      'aws-samples/aws-amplify-appsync-graphql-real-time-canvas#28, awslabs/aws-mobile-appsync-sdk-android#356',
    evidence: 'observed',
    run: async (api) =>
      refused(
        await send(api, JSON.stringify({ query: 'subscription { onSay }' })),
        400,
        'BadRequestException',
        'Subscriptions over MQTT is not supported.',
      ),
  },
  {
    id: 'GQL-013',
    promise: 'ignores unknown members of the body',
    source: 'Apollo Client, which sends `extensions`',
    evidence: 'inferred',
    async run(api) {
      const { body } = await send(api, JSON.stringify({ ...HELLO, extensions: { a: 1 }, authMode: 'x' }));
      assert.deepEqual(JSON.parse(body), { data: { hello: 'Hello, Ada' } });
    },
  },
  {
    id: 'GQL-014',
    promise: 'accepts null for `variables` and `operationName`',
    source: 'amplify-js, which sends them',
    evidence: 'inferred',
    async run(api) {
      const { body } = await send(api, JSON.stringify({ ...HELLO, variables: null, operationName: null }));
      assert.deepEqual(JSON.parse(body), { data: { hello: 'Hello, Ada' } });
    },
  },
  {
    id: 'GQL-015',
    promise: 'reads a JSON body regardless of its content type',
    source: 'localstack/localstack, test_appsync.py (run on AWS), which sends none',
    evidence: 'observed',
    async run(api) {
      for (const type of ['application/graphql', 'text/plain']) {
        const { body } = await send(api, JSON.stringify(HELLO), { 'content-type': type });
        assert.deepEqual(JSON.parse(body), { data: { hello: 'Hello, Ada' } });
      }
    },
  },
  {
    id: 'GQL-016',
    promise: 'answers GET with the query and its variables in the URL',
    source: 'graphql/graphql-over-http#81',
    evidence: 'documented',
    async run(api) {
      const query = 'query ($n: String!) { hello(name: $n) }';
      const { status, body } = await get(api, { query, variables: '{"n":"Ada"}' });
      assert.deepEqual([status, JSON.parse(body)], [200, { data: { hello: 'Hello, Ada' } }]);
    },
  },
  {
    id: 'GQL-017',
    promise: 'runs a mutation sent with GET',
    source: 'graphql/graphql-over-http#81',
    evidence: 'documented',
    async run(api) {
      const { body } = await get(api, { query: 'mutation { say(text: "hi") }' });
      assert.deepEqual(JSON.parse(body), { data: { say: 'hi' } });
    },
  },
  {
    id: 'GQL-018',
    promise: 'answers with `Content-Type: application/json;charset=UTF-8`',
    source: 'graphql/graphql-over-http#81',
    evidence: 'observed',
    async run(api) {
      const { headers } = await send(api, JSON.stringify(HELLO));
      assert.equal(headers['content-type'], 'application/json;charset=UTF-8');
    },
  },
  {
    id: 'GQL-019',
    promise: 'gives each answer its own UUID in `x-amzn-RequestId`',
    source: 'AppSync developer guide, monitoring',
    evidence: 'documented',
    async run(api) {
      const ids = [];
      for (const body of [JSON.stringify(HELLO), JSON.stringify(HELLO), 'meow']) {
        ids.push((await send(api, body)).headers['x-amzn-requestid'] ?? '');
      }
      for (const id of ids) {
        assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }
      assert.equal(new Set(ids).size, 3);
    },
  },
  {
    id: 'GQL-020',
    promise: 'gives the number of tokens that a request used in `x-amzn-appsync-TokensConsumed`',
    source: 'AppSync developer guide, monitoring',
    evidence: 'documented',
    async run(api) {
      const { headers } = await send(api, JSON.stringify(HELLO));
      assert.match(headers['x-amzn-appsync-tokensconsumed'] ?? '', /^[1-9]\d*$/);
    },
  },
  {
    id: 'GQL-021',
    promise: 'compresses an answer of 1,000 bytes or more for a client that accepts gzip, but no smaller one',
    source: 'AppSync developer guide, compression',
    evidence: 'documented',
    async run(api) {
      const name = 'x'.repeat(2000);
      const large = await send(api, JSON.stringify({ query: `{ hello(name: "${name}") }` }), {
        'accept-encoding': 'gzip',
      });
      const small = await send(api, JSON.stringify(HELLO), { 'accept-encoding': 'gzip' });
      assert.equal(large.headers['content-encoding'], 'gzip');
      assert.equal(small.headers['content-encoding'], undefined);
      assert.deepEqual(JSON.parse(large.body), { data: { hello: `Hello, ${name}` } });
    },
  },
  {
    id: 'GQL-022',
    promise: 'lets pages of any origin read its answers, including refusals',
    source: 'amplify-js in browsers',
    evidence: 'inferred',
    unlike:
      'the local credentials are not secret, so only pages of loopback names, the console and pages named by --allow-origin may call',
    async run(api) {
      const origin = 'https://any.example';
      for (const body of [JSON.stringify(HELLO), 'meow']) {
        assert.equal((await send(api, body, { origin })).headers['access-control-allow-origin'], '*');
      }
    },
  },
  {
    id: 'GQL-023',
    promise: 'refuses a query of more than 15,000 tokens and runs one of fewer',
    source: 'AWS General Reference, AppSync endpoints and quotas',
    evidence: 'documented',
    async run(api) {
      const aliases = (count: number): string =>
        `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')} }`;
      const few = JSON.parse((await send(api, JSON.stringify({ query: aliases(4900) }))).body);
      const many = JSON.parse((await send(api, JSON.stringify({ query: aliases(5100) }))).body);
      assert.equal(few.errors, undefined);
      assert.ok(Array.isArray(many.errors) && many.errors.length > 0);
    },
  },
  {
    id: 'GQL-024',
    promise: 'refuses a body over 1 MB',
    source: 'EventBridge User Guide, AppSync targets: 1,048,576 characters',
    evidence: 'chosen',
    async run(api) {
      const body = JSON.stringify({ ...HELLO, padding: 'x'.repeat(1_100_000) });
      assert.equal((await send(api, body)).status, 413);
    },
  },
  {
    id: 'GQL-027',
    promise: 'lets a page of localhost read its answers, including refusals',
    source: 'amplify-js in browsers',
    evidence: 'inferred',
    async run(api) {
      const origin = 'http://localhost:3000';
      for (const body of [JSON.stringify(HELLO), 'meow']) {
        const { headers } = await send(api, body, { origin });
        assert.ok(['*', origin].includes(headers['access-control-allow-origin'] ?? ''));
      }
    },
  },
];
