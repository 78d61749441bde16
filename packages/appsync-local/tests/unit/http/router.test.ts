import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../src/http/admission.ts';
import { memoryRequest } from '../../../src/http/memory-request.ts';
import { createHandler } from '../../../src/http/router.ts';
import type { HandlerOptions } from '../../../src/http/router.ts';
import { createEndpoint } from './harness/endpoint.ts';

const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc';
const JSON_TYPE = { 'content-type': 'application/json' };

const page = async () => ({ status: 200, headers: {}, body: 'page' });

const createTestHandler = (more: Partial<HandlerOptions> = {}) =>
  createHandler({
    admit: createAdmission({ origins: ['https://app.example'] }),
    graphql: createEndpoint().endpoint,
    console: page,
    issuers: [
      {
        provider: 'cognito',
        issuer: ISSUER,
        jwks: () => ({ keys: [{ kid: 'k' }] }),
        token: async (request) => `token for ${JSON.stringify(request)}`,
      },
      {
        provider: 'oidc',
        issuer: 'https://auth.example.com/tenant/',
        jwks: () => ({ keys: [{ kid: 'o' }] }),
        token: async ({ user }) => `OpenID Connect token for ${user}`,
      },
    ],
    log: () => undefined,
    ...more,
  });

const bodyOf = (response: { body: string | Buffer }) => JSON.parse(String(response.body));

describe('router', () => {
  it('routes POST and GET /graphql to the GraphQL endpoint', async () => {
    const handle = createTestHandler();

    const posted = await handle(memoryRequest({ path: '/graphql', body: '{}' }));
    const got = await handle(
      memoryRequest({ path: '/graphql?query={ok}', headers: { 'x-api-key': 'good' } }),
    );

    expect(posted.status).toBe(401);
    expect(got.status).toBe(200);
  });

  it.each(['/graphql', '/_local/token', '/anything'])(
    'answers a preflight of %s without credentials, to a page that may call',
    async (path) => {
      const handle = createTestHandler();
      const headers = {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-api-key,X-Tenant',
        'access-control-request-private-network': 'true',
      };

      const response = await handle(memoryRequest({ method: 'OPTIONS', path, headers }));

      expect(response.status).toBe(200);
      expect(response.headers).toEqual({
        'Access-Control-Allow-Origin': 'https://app.example',
        'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
        'Access-Control-Allow-Headers':
          'authorization, content-type, x-api-key, x-amz-date, x-amz-security-token, x-amz-user-agent, ' +
          'x-amz-content-sha256, x-tenant',
        'Access-Control-Allow-Private-Network': 'true',
        'Access-Control-Expose-Headers': 'x-amzn-RequestId, x-amzn-ErrorType',
        Vary: 'Origin',
      });
    },
  );

  it.each([
    ['HEAD', '/graphql', 'GET, POST'],
    ['PUT', '/graphql', 'GET, POST'],
    ['constructor', '/graphql', 'GET, POST'],
    ['GET', '/_local/token', 'POST'],
    ['POST', '/', 'GET'],
  ])('answers %s %s with 405 and what it allows', async (method, path, allowed) => {
    const handle = createTestHandler();

    const response = await handle(memoryRequest({ method, path }));

    expect(response.status).toBe(405);
    expect(response.headers['Allow']).toBe(allowed);
  });

  it('answers an unknown path with 404 UnknownOperationException', async () => {
    const handle = createTestHandler();

    const response = await handle(memoryRequest({ path: '/grapql', body: '{}' }));

    expect(response.status).toBe(404);
    expect(response.headers['x-amzn-ErrorType']).toBe('UnknownOperationException');
    expect(bodyOf(response).errors[0]).toEqual({
      errorType: 'UnknownOperationException',
      message: 'POST /grapql is unknown here; GraphQL is at /graphql.',
    });
  });

  it('delegates EvaluateCode, and does not know it when there is nothing to delegate to', async () => {
    const request = () => memoryRequest({ path: '/v1/dataplane-evaluatecode', body: '{}' });
    const evaluateCode = async () => ({ status: 200, headers: {}, body: 'evaluated' });

    const without = await createTestHandler()(request());
    const delegated = await createTestHandler({ evaluateCode })(request());

    expect(without.status).toBe(404);
    expect(delegated.body).toBe('evaluated');
  });

  it("serves the user pool's public keys and discovery document under its id", async () => {
    const handle = createTestHandler();
    const path = '/us-east-1_Abc/.well-known';

    const keys = await handle(memoryRequest({ path: `${path}/jwks.json` }));
    const discovery = await handle(memoryRequest({ path: `${path}/openid-configuration` }));
    const other = await handle(memoryRequest({ path: '/us-east-1_Xyz/.well-known/jwks.json' }));

    expect(bodyOf(keys)).toEqual({ keys: [{ kid: 'k' }] });
    expect(bodyOf(discovery)).toMatchObject({
      issuer: ISSUER,
      jwks_uri: 'http://localhost:4000/us-east-1_Abc/.well-known/jwks.json',
    });
    expect(other.status).toBe(404);
  });

  it("serves an OpenID Connect provider's keys and discovery document under its host and path", async () => {
    const handle = createTestHandler();
    const path = '/_local/oidc/auth.example.com/tenant/.well-known';

    const keys = await handle(memoryRequest({ path: `${path}/jwks.json` }));
    const discovery = await handle(memoryRequest({ path: `${path}/openid-configuration` }));

    expect(bodyOf(keys)).toEqual({ keys: [{ kid: 'o' }] });
    expect(bodyOf(discovery)).toMatchObject({
      issuer: 'https://auth.example.com/tenant/',
      jwks_uri: `http://localhost:4000${path}/jwks.json`,
    });
  });

  it('serves console pages and settings through one handle', async () => {
    const handle = createTestHandler();

    for (const path of ['/', '/console/main.js', '/_local/console.json']) {
      expect((await handle(memoryRequest({ path }))).body).toBe('page');
    }
  });

  it('answers an exception of a route with 500 and logs it', async () => {
    const failures: unknown[] = [];
    const handle = createTestHandler({
      console: () => Promise.reject(new Error('disk')),
      log: ({ error }) => void failures.push(error),
    });

    const response = await handle(memoryRequest({ path: '/' }));

    expect(response.status).toBe(500);
    expect(String(response.body)).not.toContain('disk');
    expect(failures).toEqual([new Error('disk')]);
  });
});

describe('token endpoint', () => {
  const post = (body: unknown, headers: Record<string, string> = JSON_TYPE) =>
    createTestHandler()(memoryRequest({ path: '/_local/token', headers, body: JSON.stringify(body) }));

  it('asks the issuer for what the body says', async () => {
    const asked = {
      ...{ user: 'alice', groups: ['admins'], tokenUse: 'id', expiresInSeconds: 60 },
      sub: '7c0ff4f6-5f3a-4c4e-9d58-2f0f8f6f3a11',
    };

    const response = await post(asked);

    expect(response.status).toBe(200);
    expect(bodyOf(response)).toEqual({ token: `token for ${JSON.stringify(asked)}` });
  });

  it('fills in no groups, an access token and one hour', async () => {
    const response = await post({ user: 'alice' });

    const asked = { user: 'alice', groups: [], tokenUse: 'access', expiresInSeconds: 3600 };
    expect(bodyOf(response)).toEqual({ token: `token for ${JSON.stringify(asked)}` });
  });

  it.each([
    [{ provider: 'oidc' }, 'OpenID Connect token for alice'],
    [{ issuer: 'https://auth.example.com/tenant/' }, 'OpenID Connect token for alice'],
    [{ issuer: ISSUER }, 'token for {"user":"alice"'],
    [{ issuer: 'us-east-1_Abc' }, 'token for {"user":"alice"'],
  ])('chooses the issuer by %j', async (chosen, expected) => {
    const response = await post({ user: 'alice', ...chosen });

    expect(bodyOf(response).token.startsWith(expected)).toBe(true);
  });

  it('names the issuers there are when another is asked for', async () => {
    const response = await post({ user: 'alice', issuer: 'https://elsewhere.example' });

    expect(response.status).toBe(404);
    expect(bodyOf(response).errors[0].message).toBe(
      `There is no such issuer; this server makes tokens for: ${ISSUER}, https://auth.example.com/tenant/.`,
    );
  });

  it.each([
    [[], 'not a JSON object'],
    [{ user: 'a', provider: 'google' }, 'provider is "google"'],
    [{ user: 'a', issuer: 7 }, 'issuer is 7'],
    [{ user: 'a', clientId: '' }, 'clientId is ""'],
    [{ user: 'a', claims: ['admin'] }, 'claims is ["admin"]'],
    [{}, 'user is undefined'],
    [null, 'not a JSON object'],
    [{ user: ' ' }, 'user is " "'],
    [{ user: 'a', sub: '' }, 'sub is ""'],
    [{ user: 'a', sub: 7 }, 'sub is 7'],
    [{ user: 'a', groups: 'admins' }, 'groups is "admins"'],
    [{ user: 'a', tokenUse: 'refresh' }, 'tokenUse is "refresh"'],
    [{ user: 'a', expiresInSeconds: 0 }, 'expiresInSeconds is 0'],
    [{ user: 'a', expiresInSeconds: 86_401 }, 'expiresInSeconds is 86401'],
  ])('refuses %j and says what is wrong', async (body, message) => {
    const response = await post(body);

    expect(response.status).toBe(400);
    expect(bodyOf(response).errors[0].message).toContain(message);
  });

  it('refuses a content type that an HTML form could send', async () => {
    const response = await post({ user: 'alice' }, { 'content-type': 'text/plain' });

    expect(response.status).toBe(415);
  });

  it('says so when the API has no user pool', async () => {
    const handle = createTestHandler({ issuers: [] });

    const response = await handle(memoryRequest({ path: '/_local/token', headers: JSON_TYPE, body: '{}' }));

    expect(response.status).toBe(404);
    expect(String(response.body)).toContain('no Cognito user pool');
  });
});

describe('every path', () => {
  const ISSUER_PATH = '/us-east-1_Abc/.well-known/jwks.json';
  const requests: [method: string, path: string][] = [
    ['POST', '/graphql'],
    ['GET', '/graphql?query={ok}'],
    ['OPTIONS', '/graphql'],
    ['POST', '/v1/dataplane-evaluatecode'],
    ['POST', '/v1/dataplane-evaluatetemplate'],
    ['POST', '/_local/token'],
    ['OPTIONS', '/_local/token'],
    ['GET', ISSUER_PATH],
    ['GET', '/_local/console.json'],
    ['GET', '/_local/data'],
    ['POST', '/_local/data/read'],
    ['POST', '/_local/data/write'],
    ['GET', '/'],
    ['GET', '/unknown'],
  ];
  const untouched = async (): Promise<never> => expect.unreachable('something was done with the request');
  const untouchable = {
    graphql: untouched,
    console: untouched,
    data: { tables: untouched, read: untouched, write: untouched, mentions: untouched },
    functions: { list: untouched, invocations: untouched, runs: untouched, invoke: untouched },
    logs: untouched,
    evaluateCode: untouched,
    evaluateTemplate: untouched,
  };
  const answer = (method: string, path: string, headers: Record<string, string>, more = {}) =>
    createTestHandler(more)(memoryRequest({ method, path, headers, body: '{}' }));

  it.each(requests)('%s %s does nothing for a page that may not call', async (method, path) => {
    const response = await answer(method, path, { origin: 'https://evil.example' }, untouchable);

    expect(response.status).toBe(403);
    expect(response.headers).not.toHaveProperty('Access-Control-Allow-Origin');
    expect(response.headers['Vary']).toBe('Origin');
    expect(bodyOf(response).errors[0].errorType).toBe('AccessDeniedException');
  });

  it.each(requests)('%s %s does nothing for a host that is not this server', async (method, path) => {
    const rebound = { host: 'evil.example:4000', origin: 'http://evil.example:4000' };
    const response = await answer(method, path, rebound, untouchable);

    expect(response.status).toBe(403);
    expect(response.headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it.each(requests)(
    '%s %s lets a page of a loopback name read the answer, whatever it is',
    async (...request) => {
      const { headers, status } = await answer(...request, { origin: 'http://localhost:3000' });

      expect(status).not.toBe(403);
      expect(headers['Access-Control-Allow-Origin']).toBe('http://localhost:3000');
      expect(headers['Vary']).toBe('Origin');
    },
  );

  it.each(requests)('%s %s has no word about pages for a client that is none', async (...request) => {
    const { headers } = await answer(...request, {});

    expect(Object.keys(headers).filter((name) => name.startsWith('Access-Control-'))).toEqual([]);
  });
});

describe('what hands out credentials or data, or runs code', () => {
  const run = async () => ({ status: 200, headers: {}, body: 'run' });
  const statusFor = async (path: string, remoteAddress: string, host = 'localhost:4000') => {
    const handle = createTestHandler({
      admit: createAdmission({ anyAddress: true }),
      evaluateCode: run,
      evaluateTemplate: run,
      data: { tables: run, read: run, write: run, mentions: run },
      functions: { list: run, invocations: run, runs: run, invoke: run },
    });
    const headers = { ...JSON_TYPE, host };
    return (await handle(memoryRequest({ path, headers, body: '{"user":"a"}', remoteAddress }))).status;
  };
  const paths = [
    '/_local/token',
    '/_local/data/read',
    '/_local/data/write',
    '/_local/data/mentions',
    '/_local/functions/invoke',
    '/v1/dataplane-evaluatecode',
    '/v1/dataplane-evaluatetemplate',
  ];

  it.each(paths)('%s answers connections from this machine', async (path) => {
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      expect(await statusFor(path, address)).toBe(200);
    }
  });

  it.each(paths)('%s answers nobody else, whatever host they name', async (path) => {
    for (const address of ['192.168.1.7', 'fe80::1', '::ffff:10.0.0.5', '128.0.0.1', '']) {
      for (const host of ['localhost:4000', '127.0.0.1:4000', '192.168.1.7:4000']) {
        expect(await statusFor(path, address, host)).toBe(403);
      }
    }
  });
});
