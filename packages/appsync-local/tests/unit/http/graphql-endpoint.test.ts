import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RequestRefused } from '../../../src/auth/caller.ts';
import { memoryRequest } from '../../../src/http/memory-request.ts';
import { createEndpoint } from './harness/endpoint.ts';

const KEY = { 'x-api-key': 'good' };
const QUERY = JSON.stringify({ query: '{ ok }' });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const post = (body: string, headers: Record<string, string | string[]> = KEY) =>
  memoryRequest({ method: 'POST', path: '/graphql', headers, body });

describe('GraphQL endpoint', () => {
  it("answers a query with AppSync's headers", async () => {
    const { endpoint } = createEndpoint();

    const response = await endpoint(post(QUERY));

    expect(response.status).toBe(200);
    expect(response.body).toBe('{"data":{"ok":true}}');
    expect(response.headers).toEqual({
      'Content-Type': 'application/json;charset=UTF-8',
      'x-amzn-RequestId': expect.stringMatching(UUID),
      'x-amzn-appsync-TokensConsumed': '1',
    });
  });

  it('hands the request id it sends to execute', async () => {
    const { endpoint, executions } = createEndpoint();

    const response = await endpoint(post(QUERY));

    expect(executions[0]?.origin.requestId).toBe(response.headers['x-amzn-RequestId']);
  });

  it('passes query, variables and operationName, and ignores other members', async () => {
    const { endpoint, executions } = createEndpoint();
    const body = { query: 'query Q { ok }', variables: { a: 1 }, operationName: 'Q', extensions: { x: 1 } };

    await endpoint(post(JSON.stringify(body)));

    expect(executions[0]?.request).toEqual({
      query: 'query Q { ok }',
      variables: { a: 1 },
      operationName: 'Q',
      variablesIn: JSON.stringify(body),
    });
  });

  it.each([undefined, 'text/plain', 'application/graphql', 'application/json; charset=UTF-8'])(
    'reads a JSON body whatever its content type says (%s)',
    async (type) => {
      const { endpoint } = createEndpoint();

      const response = await endpoint(
        post(QUERY, type === undefined ? KEY : { ...KEY, 'content-type': type }),
      );

      expect(response.status).toBe(200);
    },
  );

  it('takes query, variables and operationName of a GET from the query string', async () => {
    const { endpoint, executions } = createEndpoint();
    const query = new URLSearchParams({ query: '{ ok }', variables: '{"a":[1]}', operationName: 'Q' });

    const response = await endpoint(memoryRequest({ path: `/graphql?${query}`, headers: KEY }));

    expect(response.status).toBe(200);
    expect(executions[0]?.request).toEqual({
      query: '{ ok }',
      variables: { a: [1] },
      operationName: 'Q',
      variablesIn: '{"variables":{"a":[1]}}',
    });
  });

  it.each([
    ['', 'Request body is empty.'],
    ['  \n', 'Request body is empty.'],
    ['meow', 'Unable to parse GraphQL query.'],
    ['{}', 'Unable to parse GraphQL query.'],
    ['{}}', 'Unable to parse GraphQL query.'],
    ['[]', 'Unable to parse GraphQL query.'],
    [`[${QUERY}]`, 'Unable to parse GraphQL query.'],
    ['null', 'Unable to parse GraphQL query.'],
    ['{"query":7}', 'Unable to parse GraphQL query.'],
    ['{"query":null}', 'Unable to parse GraphQL query.'],
    ['{"query":"{ ok }","variables":[]}', 'Unable to parse GraphQL query.'],
    ['{"query":"{ ok }","variables":"{}"}', 'Unable to parse GraphQL query.'],
    ['{"query":"{ ok }","operationName":1}', 'Unable to parse GraphQL query.'],
  ])('refuses the body %j with 400 and "%s"', async (body, message) => {
    const { endpoint, executions } = createEndpoint();

    const response = await endpoint(post(body));

    expect(response.status).toBe(400);
    expect(response.headers['x-amzn-ErrorType']).toBe('MalformedHttpRequestException');
    expect(JSON.parse(String(response.body))).toEqual({
      errors: [{ errorType: 'MalformedHttpRequestException', message }],
    });
    expect(executions).toEqual([]);
  });

  it.each(['/graphql', '/graphql?query={ok}&variables=nope', '/graphql?query={ok}&variables=[1]'])(
    'refuses GET %s with 400',
    async (path) => {
      const { endpoint } = createEndpoint();

      const response = await endpoint(memoryRequest({ path, headers: KEY }));

      expect(response.status).toBe(400);
    },
  );

  it('tells a caller without credentials 401 before it looks at the body', async () => {
    const { endpoint } = createEndpoint();

    const response = await endpoint(post('meow', {}));

    expect(response.status).toBe(401);
    expect(response.headers).toMatchObject({
      'x-amzn-ErrorType': 'UnauthorizedException',
      'x-amzn-RequestId': expect.stringMatching(UUID),
    });
  });

  it('refuses a body over 1 MB with 413', async () => {
    const { endpoint } = createEndpoint();

    const atLimit = await endpoint(post(QUERY + ' '.repeat(1_048_576 - QUERY.length)));
    const over = await endpoint(post(QUERY + ' '.repeat(1_048_577 - QUERY.length)));

    expect(atLimit.status).toBe(200);
    expect(over.status).toBe(413);
    expect(String(over.body)).toContain('1,048,576 bytes');
  });

  it('answers an exception with 500 and keeps its cause for the log', async () => {
    const cause = new Error('table secrets at /home/me');
    const { endpoint, failures } = createEndpoint(() => {
      throw cause;
    });

    const response = await endpoint(post(QUERY));

    expect(response.status).toBe(500);
    expect(response.body).toBe('{"errors":[{"errorType":"InternalFailure","message":"internal error"}]}');
    expect(failures).toEqual([{ requestId: response.headers['x-amzn-RequestId'], error: cause }]);
  });

  it('passes on a refusal of the engine', async () => {
    const { endpoint, failures } = createEndpoint(() => {
      throw new RequestRefused(400, 'BadRequestException', 'Missing operation name.');
    });

    const response = await endpoint(post(QUERY));

    expect(response.status).toBe(400);
    expect(response.headers['x-amzn-ErrorType']).toBe('BadRequestException');
    expect(failures).toEqual([]);
  });

  it('sends the headers resolvers add, except its own and those no header can be', async () => {
    const added = { 'x-mine': 'yes', 'Content-Type': 'text/html', 'x-amzn-RequestId': 'me', 'x-bad': 'a\nb' };
    const { endpoint, failures } = createEndpoint(() => ({ response: { data: null }, headers: added }));

    const { headers } = await endpoint(post(QUERY));

    expect(headers).toMatchObject({ 'x-mine': 'yes', 'Content-Type': 'application/json;charset=UTF-8' });
    expect(headers['x-amzn-RequestId']).toMatch(UUID);
    expect(headers).not.toHaveProperty('x-bad');
    expect(failures).toHaveLength(3);
  });

  it.each([
    [1_000, 'gzip, deflate, br', true],
    [999, 'gzip', false],
    [1_000, undefined, false],
    [1_000, 'br', false],
    [1_000, 'gzip;q=0', false],
    [1_000, 'gzip;q=0.5', true],
    [1_000, '*', true],
    [1_000, 'gzip;q=0, *', false],
    [1_000, ['br', 'gzip'], true],
  ])('for %i bytes and accept-encoding %j compresses: %s', async (size, accepted, expected) => {
    const data = 'a'.repeat(size - '{"data":""}'.length);
    const { endpoint } = createEndpoint(() => ({ response: { data }, headers: {} }));

    const response = await endpoint(post(QUERY, accepted ? { ...KEY, 'accept-encoding': accepted } : KEY));

    expect(response.headers['Content-Encoding']).toBe(expected ? 'gzip' : undefined);
    const text = expected ? gunzipSync(response.body as Buffer).toString() : response.body;
    expect(text).toBe(`{"data":"${data}"}`);
  });

  it("gives resolvers the client's headers without cookies, and what AWS adds", async () => {
    const { endpoint, executions } = createEndpoint();
    const headers = {
      ...KEY,
      Host: 'localhost:4000',
      Cookie: 'a=b',
      'X-Custom': ['1', '2'],
      'X-Forwarded-For': '10.0.0.1',
      Connection: 'keep-alive',
    };

    await endpoint(memoryRequest({ path: '/graphql', headers, body: QUERY, remoteAddress: '127.0.0.1' }));

    expect(executions[0]?.origin.headers).toEqual({
      'x-api-key': 'good',
      host: 'localhost:4000',
      'x-custom': ['1', '2'],
      'x-forwarded-for': '10.0.0.1, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '4000',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
  });
});
