import assert from 'node:assert/strict';
import type { Check, ConformanceApi, Evidence } from '../check.ts';
import { ask, check, refusalOf, resultOf, type Seen } from './ask.ts';
import { type EchoAnswer, type EchoedRequest, withEchoServer } from './echo-server.ts';

const DG = 'AppSync developer guide, resolver-reference-http-js';

/** What the endpoint was asked for a request, and what came back. */
async function exchange(
  api: ConformanceApi,
  request: unknown,
  answer: EchoAnswer = {},
  field = 'http',
): Promise<{ asked: EchoedRequest; seen: Seen }> {
  return withEchoServer(answer, async (all) => {
    const seen = await ask(api, field, request);
    assert.equal(all.length, 1);
    return { asked: all[0]!, seen };
  });
}

const get = (params: object = {}, resourcePath = '/things') => ({ method: 'GET', resourcePath, params });
const post = (params: object) => ({ method: 'POST', resourcePath: '/things', params });
const text = (base64: string, encoding: BufferEncoding = 'utf8'): string =>
  Buffer.from(base64, 'base64').toString(encoding);

/** The endpoint is a server of this machine, which AppSync could not reach. */
const local = (id: string, promise: string, evidence: Evidence, run: Check['run']): Check =>
  check(id, promise, DG, evidence, run, { localOnly: true });

const REFUSALS: [id: string, what: string, request: object, message: RegExp][] = [
  ['DSC-158', 'without method', { resourcePath: '/' }, /^Value for field '\$\[method\]' not found\.$/],
  [
    'DSC-159',
    'without resourcePath',
    { method: 'GET' },
    /^Value for field '\$\[resourcePath\]' not found\.$/,
  ],
  ['DSC-160', 'with an unknown member', { ...get(), path: '/' }, /^Unsupported element '\$\[path\]'\.$/],
  ['DSC-161', 'with an unknown method', { ...get(), method: 'OPTIONS' }, /OPTIONS/],
  ['DSC-162', 'that sets the Host header', get({ headers: { Host: 'elsewhere' } }), /host/],
  ['DSC-163', 'that sets Content-Length', get({ headers: { 'Content-Length': '1' } }), /content-length/],
  [
    'DSC-164',
    'with a content type that AppSync does not send',
    post({ headers: { 'content-type': 'image/png' }, body: 'x' }),
    /image\/png/,
  ],
  [
    'DSC-165',
    'with a query that is not an object',
    get({ query: 'a=1' }),
    /^Value for field '\$\[params\]\[query\]' must be an object/,
  ],
  [
    'DSC-166',
    'with headers that are not an object',
    get({ headers: ['a'] }),
    /^Value for field '\$\[params\]\[headers\]' must be an object/,
  ],
];

export const httpChecks: Check[] = [
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method, index) =>
    local(
      `DSC-${140 + index}`,
      `an HTTP data source sends ${method} to endpoint and path`,
      'documented',
      async (api) => {
        const { asked } = await exchange(api, { method, resourcePath: '/v1/things' });
        assert.deepEqual([asked.method, asked.url], [method, '/base/v1/things']);
      },
    ),
  ),
  local('DSC-145', 'the result has statusCode, headers and body', 'documented', async (api) => {
    const answer = { headers: { 'x-kind': 'thing' }, body: '{"a":1}' };
    const { result, error } = (await exchange(api, get(), answer)).seen;
    assert.equal(error, null);
    assert.deepEqual(Object.keys(result).sort(), ['body', 'headers', 'statusCode']);
    assert.deepEqual([result.statusCode, result.headers['x-kind'], result.body], [200, 'thing', '{"a":1}']);
  }),
  local('DSC-146', 'a status of 404 or 500 is a result, not an error', 'documented', async (api) => {
    for (const status of [404, 500]) {
      const { result, error } = (await exchange(api, get(), { status, body: 'sorry' })).seen;
      assert.deepEqual([result.statusCode, result.body, error], [status, 'sorry', null]);
    }
  }),
  local('DSC-147', 'a redirect is not followed', 'chosen', async (api) => {
    const { result } = (await exchange(api, get(), { status: 302, headers: { location: '/base/other' } }))
      .seen;
    assert.equal(result.statusCode, 302);
  }),
  local('DSC-148', 'the query is escaped and a list repeats its name', 'inferred', async (api) => {
    const { asked } = await exchange(api, get({ query: { q: 'a b&c', list: [1, 2], none: null } }));
    assert.equal(asked.url, '/base/things?q=a%20b%26c&list=1&list=2');
  }),
  local('DSC-149', 'headers of the request are sent', 'documented', async (api) => {
    const { asked } = await exchange(api, get({ headers: { 'X-Trace': 'abc', Authorization: 'Bearer t' } }));
    assert.deepEqual([asked.headers['x-trace'], asked.headers.authorization], ['abc', 'Bearer t']);
  }),
  local('DSC-150', 'a body that is an object is sent as JSON', 'documented', async (api) => {
    const { asked } = await exchange(api, post({ body: { a: [1] } }));
    assert.deepEqual([asked.headers['content-type'], text(asked.body)], ['application/json', '{"a":[1]}']);
  }),
  local('DSC-151', 'a body that is a text is sent unchanged, in UTF-8', 'documented', async (api) => {
    const headers = { 'Content-Type': 'text/plain' };
    const { asked } = await exchange(api, post({ headers, body: 'prix: 3 €' }));
    assert.deepEqual([asked.headers['content-type'], text(asked.body)], ['text/plain', 'prix: 3 €']);
  }),
  local(
    'DSC-152',
    'the charset of the content type is the encoding of the body',
    'documented',
    async (api) => {
      const headers = { 'Content-Type': 'text/plain; charset=ISO-8859-1' };
      const { asked } = await exchange(api, post({ headers, body: 'café' }));
      assert.equal(asked.body, Buffer.from('café', 'latin1').toString('base64'));
    },
  ),
  local('DSC-153', 'an answer in another charset is read in it', 'inferred', async (api) => {
    const answer = {
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      body: Buffer.from('café', 'latin1'),
    };
    assert.equal((await exchange(api, get(), answer)).seen.result.body, 'café');
  }),
  local(
    'DSC-154',
    'AWS_IAM signs for the region and service of the data source',
    'documented',
    async (api) => {
      const { asked } = await exchange(api, post({ body: { a: 1 } }), {}, 'signedHttp');
      assert.match(
        asked.headers.authorization!,
        /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/eu-west-1\/states\/aws4_request, SignedHeaders=.*host.*, Signature=[\da-f]{64}$/,
      );
      assert.match(String(asked.headers['x-amz-date']), /^\d{8}T\d{6}Z$/);
    },
  ),
  local('DSC-155', 'an answer over 5 MB is an error', 'inferred', async (api) => {
    const { result, error } = (await exchange(api, get(), { body: 'x'.repeat(5 * 1024 * 1024 + 1) })).seen;
    assert.equal(result, null);
    assert.match(error!.type, /^Http:/);
  }),
  local(
    'DSC-156',
    'an endpoint that cannot be reached is ctx.error, without its address',
    'chosen',
    async (api) => {
      const { result, error } = await ask(api, 'http', get());
      assert.equal(result, null);
      assert.match(error!.type, /^Http:/);
      assert.doesNotMatch(error!.message, /127\.0\.0\.1|ECONN/);
    },
  ),
  local('DSC-157', 'a path cannot lead to another host', 'inferred', async (api) => {
    const { asked } = await exchange(api, get({}, '//example.com/x'));
    assert.match(asked.url, /^\/base\//);
  }),
  ...REFUSALS.map(([id, what, request, message]) =>
    check(id, `refuses an HTTP request ${what}`, DG, 'inferred', async (api) => {
      const entry = await refusalOf(api, 'http', request);
      assert.equal(entry.errorType, 'MappingTemplate');
      assert.match(entry.message, message);
    }),
  ),
  ...noneChecks(),
];

/** Added later. */
export const formChecks: Check[] = [
  check(
    'DSC-236',
    'a form is sent unchanged, in application/x-www-form-urlencoded',
    'aws-samples/aws-appsync-resolver-samples publishToSNS.js, aws-samples/serverless-patterns cdk-appsync-sqs',
    'observed',
    async (api) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = 'Action=Publish&Version=2010-03-31&Message=%7B%22a%22%3A1%7D+b';
      const { asked } = await exchange(api, post({ headers, body }), {}, 'signedHttp');
      assert.deepEqual([asked.headers['content-type'], text(asked.body)], [headers['content-type'], body]);
    },
    { localOnly: true },
  ),
];

function noneChecks(): Check[] {
  const rows: [id: string, promise: string, request: unknown, result: unknown][] = [
    ['DSC-170', 'NONE answers the payload', { payload: { a: [1] } }, { a: [1] }],
    ['DSC-171', 'NONE answers a payload that is a scalar', { payload: 0 }, 0],
    ['DSC-172', 'NONE answers null to a request without payload', { version: '2018-05-29' }, null],
  ];
  return rows.map(([id, promise, request, result]) =>
    check(id, promise, 'localstack/localstack, test_appsync.py (run on AWS)', 'observed', async (api) =>
      assert.deepEqual(await resultOf(api, 'none', request), result),
    ),
  );
}
