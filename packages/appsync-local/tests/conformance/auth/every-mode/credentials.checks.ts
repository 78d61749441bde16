import assert from 'node:assert/strict';
import { apiKey, iam, oidcUser, user } from '../../../harness/target.ts';
import type { Check, ConformanceApi } from '../../check.ts';
import {
  ask,
  dataOf,
  identityOf,
  MISSING,
  NOT_AUTHORIZED,
  raw,
  refused,
  token,
  UNPARSABLE,
} from '../requests.ts';

const AUTHZ = 'AppSync developer guide, security-authz';
const authTypeOf = async (api: ConformanceApi, credentials: Parameters<typeof dataOf>[2]) =>
  (await dataOf(api, '{ authType }', credentials))['authType'];

/** API keys, and which mode judges what a request carries. */
export const credentialChecks: Check[] = [
  {
    id: 'AUT-001',
    promise: 'refuses a request without credentials with 401, in an exact body and `x-amzn-ErrorType`',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, raw({}), MISSING),
  },
  {
    id: 'AUT-002',
    promise: 'refuses an empty `Authorization` header as if there were none',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, token(''), MISSING),
  },
  {
    id: 'AUT-003',
    promise: 'accepts an API key, with a null identity',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ identity authType }', apiKey), {
        identity: null,
        authType: 'API Key Authorization',
      });
    },
  },
  ...[
    ['AUT-004', 'an unknown API key', 'da2-abcdefghijklmnopqrstuvwxyz'],
    ['AUT-005', 'an empty API key', ''],
    ['AUT-006', 'text without the form of an API key', 'open sesame'],
  ].map(([id, what, key]): Check => ({
    id: id!,
    promise: `refuses ${what} with 401 and \`You are not authorized to make this call.\``,
    source: 'docs/facts/authorization.md#refusals',
    evidence: id === 'AUT-004' ? 'observed' : 'inferred',
    run: (api) => refused(api, raw({ 'x-api-key': key! }), NOT_AUTHORIZED),
  })),
  {
    id: 'AUT-007',
    promise: 'checks credentials before the body: 401 for a body that is not JSON',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'inferred',
    async run({ target }) {
      const { status } = await target.post('meow', { 'x-api-key': 'da2-abcdefghijklmnopqrstuvwxyz' });
      assert.equal(status, 401);
    },
  },
  {
    id: 'AUT-008',
    promise: 'sends refusals as JSON with a request id, which the requesting page may read',
    source: 'docs/facts/authorization.md#refusals, docs/facts/authorization.md#cors',
    evidence: 'observed',
    async run({ target }) {
      const origin = 'http://localhost:3000';
      const { headers } = await target.post('{"query":"{ __typename }"}', { origin });
      assert.match(headers['content-type']!, /^application\/json/);
      assert.match(headers['x-amzn-requestid']!, /^[0-9a-f-]{36}$/);
      assert.ok(['*', origin].includes(headers['access-control-allow-origin']!));
      assert.match(headers['access-control-expose-headers']!, /x-amzn-ErrorType/i);
    },
  },
  {
    id: 'AUT-009',
    promise: 'recognizes each mode by the form of its credential, as `util.authType()` says',
    source: 'localstack/appsync-utils, authType.test.js',
    evidence: 'observed',
    async run(api) {
      const seen = await Promise.all(
        [apiKey, iam, user('ulf'), oidcUser('olga'), token('allow me')].map((who) => authTypeOf(api, who)),
      );
      assert.deepEqual(seen, [
        'API Key Authorization',
        'IAM Authorization',
        'User Pool Authorization',
        'Open ID Connect Authorization',
        'Lambda Authorization',
      ]);
    },
  },
  {
    id: 'AUT-010',
    promise: 'prefers a signature to an API key',
    source: 'docs/facts/authorization.md#which-mode',
    evidence: 'chosen',
    async run(api) {
      const body = '{"query":"{ authType }"}';
      const signed = await api.target.headersFor(iam, body);
      const key = await api.target.headersFor(apiKey, body);
      const response = await api.target.post(body, { ...signed, ...key });
      assert.deepEqual(JSON.parse(response.body), { data: { authType: 'IAM Authorization' } });
    },
  },
  {
    id: 'AUT-011',
    promise: 'prefers an API key to a token',
    source: 'docs/facts/authorization.md#which-mode',
    evidence: 'inferred',
    async run(api) {
      const headers = await api.target.headersFor(apiKey, '');
      const credentials = raw({ ...headers, authorization: 'allow me' });
      assert.equal(await authTypeOf(api, credentials), 'API Key Authorization');
    },
  },
  {
    id: 'AUT-012',
    promise: 'refuses a bad API key even beside a good token',
    source: `${AUTHZ}: one mode judges a request`,
    evidence: 'inferred',
    run: (api) => refused(api, raw({ 'x-api-key': 'wrong', authorization: 'allow me' }), NOT_AUTHORIZED),
  },
  {
    id: 'AUT-013',
    promise: 'refuses a JWT of an issuer that the API does not have, and asks no Lambda authorizer about it',
    source: `${AUTHZ}, "Circumventing SigV4 and OIDC token authorization limitations"`,
    evidence: 'documented',
    run: (api) =>
      refused(api, token(unsignedJwt({ iss: 'https://stranger.example', sub: 'allow' })), UNPARSABLE),
  },
  {
    id: 'AUT-014',
    promise:
      'treats a token with a Bearer prefix as a JWT, never as one for the Lambda authorizer, if there are JWT modes',
    source: `${AUTHZ}, "Circumventing SigV4 and OIDC token authorization limitations"`,
    evidence: 'documented',
    run: (api) => refused(api, token('Bearer allow me'), UNPARSABLE),
  },
  {
    id: 'AUT-015',
    promise: 'passes a JWT with a prefix to the Lambda authorizer',
    source: `${AUTHZ}, "Circumventing SigV4 and OIDC token authorization limitations"`,
    evidence: 'documented',
    async run(api) {
      const identity = await identityOf(
        api,
        token(`echo-${unsignedJwt({ iss: 'https://stranger.example' })}`),
      );
      assert.deepEqual(Object.keys(identity), ['resolverContext']);
    },
  },
  {
    id: 'AUT-016',
    promise: 'passes a SigV4 signature with a prefix to the Lambda authorizer',
    source: `${AUTHZ}, "Circumventing SigV4 and OIDC token authorization limitations"`,
    evidence: 'documented',
    async run(api) {
      const { authorization } = await api.target.headersFor(iam, '');
      assert.equal(await authTypeOf(api, token(`allow ${authorization}`)), 'Lambda Authorization');
    },
  },
  {
    id: 'AUT-017',
    promise: 'answers introspection to every mode',
    source: 'docs/facts/authorization.md#introspection-open',
    evidence: 'inferred',
    async run(api) {
      for (const who of [apiKey, iam, user('ulf'), oidcUser('olga'), token('allow me')]) {
        const { body } = await ask(api, '{ __schema { queryType { name } } }', who);
        assert.deepEqual(body, { data: { __schema: { queryType: { name: 'Query' } } } });
      }
    },
  },
];

function unsignedJwt(claims: Record<string, unknown>): string {
  const [header, payload] = [{ alg: 'RS256', kid: 'k' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${header}.${payload}.c2lnbmF0dXJl`;
}
