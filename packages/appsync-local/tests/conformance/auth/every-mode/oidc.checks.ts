import assert from 'node:assert/strict';
import { oidcUser, type TokenDetails } from '../../../harness/target.ts';
import type { Check } from '../../check.ts';
import {
  EXPIRED,
  dataOf,
  identityOf,
  NOT_AUTHORIZED,
  refused,
  type Refusal,
  token,
  UNPARSABLE,
} from '../requests.ts';

const OIDC = 'AppSync developer guide, security-authz, "OPENID_CONNECT authorization"';
const ago = (hours: number): number => Math.floor(Date.now() / 1000) - hours * 3600;
const now = (): number => ago(0);

const admits = (id: string, what: string, evidence: Check['evidence'], more: () => TokenDetails): Check => ({
  id,
  promise: `lets in ${what}`,
  source: OIDC,
  evidence,
  localOnly: true,
  async run(api) {
    assert.deepEqual(await dataOf(api, '{ byOidc }', oidcUser('olga', more())), { byOidc: 'open' });
  },
});

const refuses = (
  id: string,
  what: string,
  evidence: Check['evidence'],
  refusal: Refusal,
  more: () => TokenDetails,
): Check => ({
  id,
  promise: `refuses ${what} with 401 and \`${String(refusal[2])}\``,
  source: OIDC,
  evidence,
  localOnly: true,
  run: (api) => refused(api, oidcUser('olga', more()), refusal),
});

/**
 * OPENID_CONNECT beside other modes: issuer, client `web-client|mobile-client`, two hours since issue, four since
 * authentication.
 */
export const oidcChecks: Check[] = [
  {
    id: 'AUT-051',
    promise: 'gives sub, issuer and claims of the token, and nothing else',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      const identity = await identityOf(api, oidcUser('olga'));
      assert.deepEqual(Object.keys(identity).sort(), ['claims', 'issuer', 'sub']);
      const claims = identity['claims'] as Record<string, unknown>;
      assert.equal(identity['sub'], claims['sub']);
      assert.equal(identity['issuer'], claims['iss']);
    },
  },
  {
    id: 'AUT-052',
    promise: 'takes the token after `Bearer`',
    source: 'localstack/localstack, test_appsync.py (run on AWS)',
    evidence: 'observed',
    async run(api) {
      const { authorization } = await api.target.headersFor(oidcUser('olga'), '');
      const credentials = token(`Bearer ${authorization}`);
      assert.deepEqual(await dataOf(api, '{ byOidc }', credentials), { byOidc: 'open' });
    },
  },
  admits('AUT-053', 'another client that the pattern names', 'documented', () => ({
    clientId: 'mobile-client',
  })),
  admits('AUT-054', 'a client in `azp` where `aud` is the API', 'documented', () => ({
    claims: { aud: 'https://api.example', azp: 'web-client' },
  })),
  admits('AUT-055', 'a client that is one of several in `aud`', 'inferred', () => ({
    claims: { aud: ['https://api.example', 'web-client'], azp: 'other' },
  })),
  admits('AUT-056', 'a token issued an hour ago, within IatTTL', 'documented', () => ({
    claims: { iat: ago(1) },
  })),
  refuses('AUT-057', 'a client that the pattern does not name', 'documented', NOT_AUTHORIZED, () => ({
    clientId: 'stranger',
  })),
  refuses(
    'AUT-058',
    'a client whose name only contains one of the pattern’s',
    'inferred',
    NOT_AUTHORIZED,
    () => ({
      clientId: 'web-client-2',
    }),
  ),
  refuses('AUT-059', 'an expired token', 'observed', EXPIRED, () => ({ claims: { exp: ago(1) } })),
  refuses('AUT-060', 'a token issued longer ago than IatTTL', 'documented', EXPIRED, () => ({
    claims: { iat: ago(3), auth_time: ago(3), exp: now() + 600 },
  })),
  refuses('AUT-061', 'a user authenticated longer ago than AuthTTL', 'documented', EXPIRED, () => ({
    claims: { auth_time: ago(5) },
  })),
  refuses('AUT-062', 'a token without `auth_time` where there is an AuthTTL', 'chosen', EXPIRED, () => ({
    claims: { auth_time: null },
  })),
  refuses('AUT-063', 'a token without `iat`', 'documented', UNPARSABLE, () => ({ claims: { iat: null } })),
  refuses('AUT-064', 'a token without `exp`', 'inferred', UNPARSABLE, () => ({ claims: { exp: null } })),
  refuses('AUT-065', 'a token without `sub`', 'inferred', UNPARSABLE, () => ({ claims: { sub: null } })),
  {
    id: 'AUT-066',
    promise: 'refuses a token whose claims were changed after it was signed',
    source: OIDC,
    evidence: 'observed',
    async run(api) {
      const { authorization } = await api.target.headersFor(oidcUser('olga'), '');
      const [header, payload, signature] = authorization!.split('.');
      const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
      const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url');
      await refused(api, token([header, changed, signature].join('.')), UNPARSABLE);
    },
  },
  {
    id: 'AUT-067',
    promise: 'refuses a token signed with a key the provider does not have',
    source: OIDC,
    evidence: 'observed',
    async run(api) {
      const { authorization } = await api.target.headersFor(oidcUser('olga'), '');
      const [, payload, signature] = authorization!.split('.');
      const header = Buffer.from('{"alg":"RS256","kid":"another"}').toString('base64url');
      await refused(api, token([header, payload, signature].join('.')), UNPARSABLE);
    },
  },
];
