import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Outcome } from '../../../src/data-sources/data-source.ts';
import type { Credentials } from '../../../src/data-sources/http-signature.ts';
import { createHttpDataSource } from '../../../src/data-sources/http.ts';
import type { HttpLimits } from '../../../src/data-sources/http.ts';

interface Received {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server on a free port that goes with the test. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that answers what it was asked. */
const echo = () =>
  serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, url, headers } = request;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ method, url, headers, body }));
    });
  });

const model = (endpoint: string) => ({ logicalId: 'Web', name: 'web', type: 'HTTP' as const, endpoint });

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
/** What the terminal was told of the last call. */
const report = vi.fn<(line: string) => void>();

function call(endpoint: string, request: unknown, limits?: HttpLimits): Promise<Outcome> {
  report.mockClear();
  const options = { credentials, report, ...(limits && { limits }) };
  return createHttpDataSource(model(endpoint), options).invoke(request, { field: 'Query.web' });
}

function received(outcome: Outcome): Received {
  const { result } = outcome as { result: { body: string } };
  return JSON.parse(result.body) as Received;
}

test('sends method, path, query, headers and body', async () => {
  const endpoint = await echo();
  const params = {
    query: { q: 'a b&c', tags: ['x', 'y'], n: 1 },
    headers: { 'X-Trace': 'abc' },
    body: { a: 1 },
  };

  const outcome = await call(`${endpoint}/v1/`, { method: 'POST', resourcePath: '/items', params });

  expect(received(outcome)).toMatchObject({
    method: 'POST',
    url: '/v1/items?q=a%20b%26c&tags=x&tags=y&n=1',
    headers: { 'x-trace': 'abc', 'content-type': 'application/json' },
    body: '{"a":1}',
  });
});

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('sends %s', async (method) => {
  const endpoint = await echo();

  const outcome = await call(endpoint, { method, resourcePath: '/' });

  expect(received(outcome).method).toBe(method);
});

test('sends a text as it is', async () => {
  const endpoint = await echo();
  const params = { headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: '"quoted"' };

  const outcome = await call(endpoint, { method: 'POST', resourcePath: '/', params });

  expect(received(outcome).body).toBe('"quoted"');
});

test('answers status, headers and body as text, whatever the status', async () => {
  const endpoint = await serve((_request, response) => {
    response.writeHead(404, { 'X-One': '1', 'Set-Cookie': ['a=1', 'b=2'] }).end('{"gone":true}');
  });

  const outcome = await call(endpoint, { method: 'GET', resourcePath: '/x' });

  expect(outcome).toEqual({
    kind: 'answered',
    result: {
      statusCode: 404,
      headers: expect.objectContaining({ 'x-one': '1', 'set-cookie': 'a=1, b=2' }),
      body: '{"gone":true}',
    },
    error: null,
  });
});

test('does not follow a redirect', async () => {
  const endpoint = await serve(
    (_request, response) => void response.writeHead(302, { Location: '/other' }).end(),
  );

  const outcome = await call(endpoint, { method: 'GET', resourcePath: '/' });

  expect(outcome).toMatchObject({ result: { statusCode: 302 } });
});

test('stays with the host of the endpoint whatever the path says', async () => {
  const endpoint = await echo();

  const outcome = await call(endpoint, { method: 'GET', resourcePath: '//elsewhere.example/@x' });

  expect(received(outcome)).toMatchObject({
    url: '/elsewhere.example/@x',
    headers: { host: new URL(endpoint).host },
  });
});

test.each([
  ['no method', { resourcePath: '/' }, "Value for field '$[method]' not found."],
  ['no path', { method: 'GET' }, "Value for field '$[resourcePath]' not found."],
  ['nothing', undefined, "Value for field '$[method]' not found."],
  ['an unknown member', { method: 'GET', resourcePath: '/', path: '/' }, "Unsupported element '$[path]'."],
  [
    'an unknown parameter',
    { method: 'GET', resourcePath: '/', params: { querry: {} } },
    "Unsupported element '$[params][querry]'.",
  ],
  [
    'an unknown method',
    { method: 'HEAD', resourcePath: '/' },
    "Unsupported method 'HEAD'. It is one of GET, POST, PUT, PATCH, DELETE.",
  ],
  [
    'parameters that are no object',
    { method: 'GET', resourcePath: '/', params: 1 },
    "Value for field '$[params]' must be an object.",
  ],
  [
    'an unsupported content type',
    { method: 'POST', resourcePath: '/', params: { headers: { 'content-type': 'image/png' }, body: 'x' } },
    "Unsupported content type 'image/png'.",
  ],
])('refuses a request with %s', async (_what, request, message) => {
  const outcome = await call('http://127.0.0.1:1', request);

  expect(outcome).toEqual({ kind: 'refused', errorType: 'MappingTemplate', message });
});

test.each([
  ['with a line break', 'x-a', 'b\r\nx-c: d'],
  ['with a character beyond Latin-1', 'x-a', '日本'],
  ['with a blank in its name', 'x a', 'b'],
  ['without a name', '', 'b'],
])('refuses a header %s, rather than to say that the endpoint cannot be reached', async (_, name, value) => {
  const outcome = await call(await echo(), {
    method: 'GET',
    resourcePath: '/',
    params: { headers: { [name]: value } },
  });

  expect(outcome).toEqual({
    kind: 'refused',
    errorType: 'MappingTemplate',
    message: `Header '${name}' cannot be sent: HTTP does not allow its name or its value.`,
  });
});

test.each(['Host', 'CONNECTION', 'User-Agent', 'expectation', 'TRANSFER_ENCODING', 'Content-Length'])(
  'refuses the header %s',
  async (name) => {
    const outcome = await call('http://127.0.0.1:1', {
      method: 'GET',
      resourcePath: '/',
      params: { headers: { [name]: 'x' } },
    });

    expect(outcome).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(`Header '${name.toLowerCase()}'`),
    });
  },
);

test('answers an error without address or cause when nobody listens, and tells both to the terminal', async () => {
  const query = { token: 'hidden' };
  const outcome = await call('http://127.0.0.1:1', { method: 'GET', resourcePath: '/v1', params: { query } });

  expect(outcome).toEqual({
    kind: 'answered',
    result: null,
    error: {
      type: 'Http:HttpRequestException',
      message: "The HTTP endpoint of data source 'web' could not be used: it cannot be reached.",
    },
  });
  expect(report.mock.calls).toEqual([
    [
      'Query.web: GET http://127.0.0.1:1/v1 of HTTP data source web failed: the connection was refused (ECONNREFUSED)',
    ],
  ]);
});

test('answers an error when the connection breaks', async () => {
  const endpoint = await serve((request) => request.socket.destroy());

  const outcome = await call(endpoint, { method: 'GET', resourcePath: '/' });

  expect(outcome).toMatchObject({ error: { message: expect.stringContaining('it cannot be reached') } });
  expect(report.mock.calls[0]?.[0]).toMatch(/failed: the connection was closed \(\w+\)$/);
});

test.each([
  ['never answers', () => {}],
  ['never finishes', (_request, response) => void response.write('a')],
] satisfies [string, RequestListener][])('gives up an endpoint that %s', async (_what, listener) => {
  const endpoint = await serve(listener);

  const outcome = await call(
    endpoint,
    { method: 'GET', resourcePath: '/' },
    { timeoutMs: 50, responseBytes: 100 },
  );

  const error = { type: 'Http:ExecutionTimeoutException', message: 'Execution timed out.' };
  expect(outcome).toEqual({ kind: 'answered', result: null, error });
  expect(report.mock.calls[0]?.[0]).toMatch(/failed: it took more than 0.05 s$/);
});

test('gives up an answer that is too large', async () => {
  const endpoint = await serve(
    (request, response) => void response.end('x'.repeat(request.url === '/large' ? 101 : 100)),
  );
  const limits = { timeoutMs: 15_000, responseBytes: 100 };

  const fits = await call(endpoint, { method: 'GET', resourcePath: '/fits' }, limits);
  const large = await call(endpoint, { method: 'GET', resourcePath: '/large' }, limits);

  expect(fits).toMatchObject({ error: null });
  expect(large).toMatchObject({
    error: { message: expect.stringContaining('the response is larger than 100 bytes') },
  });
});

test('refuses to start with an endpoint that is no URL', () => {
  expect(() => createHttpDataSource(model('example.com'), { credentials, report })).toThrow(
    "HTTP data source 'web' has the endpoint 'example.com'; it must be a URL that begins with http:// or https://.",
  );
});

test.each([
  ['of a session', { ...credentials, sessionToken: 'token' }],
  ['of a user', credentials],
])('signs with the credentials %s, whatever the environment has', async (_what, given: Credentials) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOTHER').stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
  onTestFinished(() => void vi.unstubAllEnvs());
  const endpoint = await echo();
  const signing = { region: 'eu-west-1', service: 'states' };
  const request = {
    method: 'POST',
    resourcePath: '/a b/ü',
    params: {
      query: { z: 'a b', a: ['2', '1'] },
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: { n: 1 },
    },
  };

  const source = createHttpDataSource({ ...model(endpoint), signing }, { credentials: given, report });
  const outcome = await source.invoke(request, { field: 'Query.web' });

  const seen = received(outcome);
  const scope = `${String(seen.headers['x-amz-date']).slice(0, 8)}/eu-west-1/states/aws4_request`;
  expect(seen.headers.authorization).toContain(`Credential=AKIDEXAMPLE/${scope}, `);
  expect(seen.headers.authorization).toMatch(new RegExp(`Signature=${signatureOf(seen, scope, 'secret')}$`));
  expect(seen.headers['x-amz-security-token']).toBe(given.sessionToken);
});

/** Signature Version 4 computed from what the server received ("Create a signed AWS API request", IAM user guide). */
function signatureOf({ method, url, headers, body }: Received, scope: string, secretKey: string): string {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const names = /SignedHeaders=([^,]+)/.exec(String(headers.authorization))?.[1] ?? '';
  const { pathname, searchParams } = new URL(url, 'http://any');
  const canonicalPath = pathname.split('/').map(encodeURIComponent).join('/');
  const query = [...searchParams].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const canonicalHeaders = names
    .split(';')
    .map((name) => `${name}:${String(headers[name])}\n`)
    .join('');
  const canonical = [
    method,
    canonicalPath,
    query.sort().join('&'),
    canonicalHeaders,
    names,
    sha256(body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${secretKey}`);
  return hmac(key, text).toString('hex');
}
