import assert from 'node:assert/strict';
import { Duration } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { oidcUser } from '../../../harness/target.ts';
import type { Area, Check } from '../../check.ts';
import { testApi, testStack } from '../../test-api.ts';
import { addResolver } from '../local-resolver.ts';
import { dataOf, EXPIRED, MISSING, raw, refused, token, UNPARSABLE } from '../requests.ts';

const ISSUER = 'https://auth.conformance.example';
const OIDC = 'AppSync developer guide, security-authz, "OPENID_CONNECT authorization"';

const checks: Check[] = [
  {
    id: 'AUT-601',
    promise: 'opens fields without directives to it, but not those of another mode',
    source: 'AppSync developer guide, security-authz',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ open byIam }', oidcUser('olga')), { open: 'open', byIam: null });
    },
  },
  {
    id: 'AUT-602',
    promise: 'accepts every client if the API names none',
    source: OIDC,
    evidence: 'documented',
    localOnly: true,
    async run(api) {
      const credentials = oidcUser('olga', { clientId: 'any client at all' });
      assert.deepEqual(await dataOf(api, '{ open }', credentials), { open: 'open' });
    },
  },
  {
    id: 'AUT-603',
    promise: 'accepts an old token that has not expired, if the API sets no time-outs',
    source: OIDC,
    evidence: 'documented',
    localOnly: true,
    async run(api) {
      const credentials = oidcUser('olga', { claims: { iat: 1, auth_time: 1 } });
      assert.deepEqual(await dataOf(api, '{ open }', credentials), { open: 'open' });
    },
  },
  {
    id: 'AUT-604',
    promise: 'refuses an expired token',
    source: 'docs/facts/authorization.md#oidc-refusals',
    evidence: 'observed',
    localOnly: true,
    run: (api) => refused(api, oidcUser('olga', { claims: { exp: 1 } }), EXPIRED),
  },
  {
    id: 'AUT-605',
    promise: 'refuses text that is not a JWT with `Unable to parse JWT token.`',
    source: 'docs/facts/authorization.md#oidc-refusals',
    evidence: 'observed',
    run: (api) => refused(api, token('invalidtoken123'), UNPARSABLE),
  },
  {
    id: 'AUT-606',
    promise: 'refuses a request without credentials',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, raw({}), MISSING),
  },
  {
    id: 'AUT-607',
    promise: 'publishes the provider’s discovery document and keys below /_local/oidc/',
    source: 'OpenID Connect Discovery 1.0',
    evidence: 'chosen',
    localOnly: true,
    async run({ target }) {
      const base = '/_local/oidc/auth.conformance.example/.well-known';
      const discovery = await target.send('GET', `${base}/openid-configuration`);
      const { issuer, jwks_uri: uri } = JSON.parse(discovery.body) as Record<string, string>;
      assert.equal(issuer, ISSUER);
      const { keys } = JSON.parse((await target.send('GET', new URL(uri!).pathname)).body) as {
        keys: Record<string, string>[];
      };
      assert.deepEqual(
        keys.map(({ kty, alg, d }) => ({ kty, alg, d })),
        [{ kty: 'RSA', alg: 'RS256', d: undefined }],
      );
    },
  },
];

export const oidcOnly: Area = {
  name: 'auth-oidc',
  title: 'Authorization: OpenID Connect alone',
  prefix: 'AUT',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'AuthOidc');
    const api = testApi(stack, import.meta.dirname, {
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: appsync.AuthorizationType.OIDC,
          openIdConnectConfig: {
            oidcProvider: ISSUER,
            tokenExpiryFromIssue: Duration.millis(0).toMilliseconds(),
          },
        },
      },
    });
    const none = api.addNoneDataSource('None');
    addResolver(none, 'Query', 'open', `'open'`);
    addResolver(none, 'Query', 'byIam', `'open'`);
    app.synth();
  },
  users: { oidc: ['olga'] },
  checks,
};
