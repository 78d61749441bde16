import assert from 'node:assert/strict';
import { user } from '../../../harness/target.ts';
import type { Check, ConformanceApi } from '../../check.ts';
import {
  dataOf,
  EXPIRED,
  identityOf,
  NOT_AUTHORIZED,
  refused,
  token,
  UNPARSABLE,
  type Refusal,
} from '../requests.ts';

const ISSUER = /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\/[\w-]+_\w+$/;

const tokenOf = async ({ target }: ConformanceApi, more = {}): Promise<string> =>
  (await target.headersFor({ mode: 'user', user: 'ulf', more }, ''))['authorization']!;

const hourAgo = (): number => Math.floor(Date.now() / 1000) - 3600;

/** AMAZON_COGNITO_USER_POOLS: what a token must be, and what it tells. */
export const cognitoChecks: Check[] = [
  {
    id: 'AUT-031',
    promise: 'gives the user of an access token: sub, issuer, username, claims, addresses, groups',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      const identity = await identityOf(api, user('ada', 'admins'));
      assert.deepEqual(Object.keys(identity).sort(), [
        'claims',
        'defaultAuthStrategy',
        'groups',
        'issuer',
        'sourceIp',
        'sub',
        'username',
      ]);
      const claims = identity['claims'] as Record<string, unknown>;
      assert.match(String(identity['issuer']), ISSUER);
      assert.equal(identity['sub'], claims['sub']);
      assert.equal(identity['username'], claims['username']);
      assert.deepEqual(identity['groups'], ['admins']);
      assert.equal(identity['defaultAuthStrategy'], 'ALLOW');
    },
  },
  {
    id: 'AUT-032',
    promise: 'has null for the groups of a user without groups',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      assert.equal((await identityOf(api, user('ulf')))['groups'], null);
    },
  },
  {
    id: 'AUT-033',
    promise: 'accepts an ID token, with its `cognito:username` as the user',
    source: 'localstack/localstack, test_appsync.py (run on AWS)',
    evidence: 'observed',
    localOnly: true,
    async run(api) {
      const identity = await identityOf(api, token(await tokenOf(api, { tokenUse: 'id' })));
      const claims = identity['claims'] as Record<string, unknown>;
      assert.equal(claims['token_use'], 'id');
      assert.equal(identity['username'], claims['cognito:username']);
    },
  },
  ...['Bearer ', 'bearer '].map((prefix, index): Check => ({
    id: `AUT-03${4 + index}`,
    promise: `takes the token after \`${prefix.trim()}\``,
    source: 'localstack/localstack, test_appsync.py (run on AWS)',
    evidence: index === 0 ? 'observed' : 'inferred',
    async run(api) {
      const credentials = token(`${prefix}${await tokenOf(api)}`);
      assert.deepEqual(await dataOf(api, '{ byUser }', credentials), { byUser: 'open' });
    },
  })),
  {
    id: 'AUT-036',
    promise: 'keeps numbers in the claims as numbers',
    source: 'docs/facts/resolvers.md#claims',
    evidence: 'inferred',
    async run(api) {
      const claims = (await identityOf(api, user('ulf')))['claims'] as Record<string, unknown>;
      assert.equal(typeof claims['exp'], 'number');
    },
  },
  ...(
    [
      ['AUT-037', 'an expired token', { claims: { exp: 1 } }, EXPIRED, 'observed'],
      ['AUT-038', 'a token that expired an hour ago', { claims: { exp: hourAgo() } }, EXPIRED, 'observed'],
      ['AUT-039', 'a refresh token', { claims: { token_use: 'refresh' } }, UNPARSABLE, 'inferred'],
      [
        'AUT-040',
        'a token for a client that the pool does not have',
        { clientId: 'x' },
        NOT_AUTHORIZED,
        'inferred',
      ],
      ['AUT-041', 'a token that is not yet valid', { claims: { nbf: 4e9 } }, UNPARSABLE, 'inferred'],
    ] as [string, string, object, Refusal, Check['evidence']][]
  ).map(([id, what, more, refusal, evidence]): Check => ({
    id,
    promise: `refuses ${what} with 401 and \`${String(refusal[2])}\``,
    source: 'docs/facts/authorization.md#user-pool-checks, docs/facts/authorization.md#refusals',
    evidence,
    localOnly: true,
    run: async (api) => refused(api, token(await tokenOf(api, more)), refusal),
  })),
  {
    id: 'AUT-042',
    promise: 'refuses a token whose claims were changed after it was signed',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    async run(api) {
      const [header, payload, signature] = (await tokenOf(api)).split('.');
      const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object;
      const changed = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admins'] }));
      await refused(api, token([header, changed.toString('base64url'), signature].join('.')), UNPARSABLE);
    },
  },
  {
    id: 'AUT-043',
    promise: 'refuses a token that says `alg: none`',
    source: 'RFC 8725 3.1',
    evidence: 'inferred',
    async run(api) {
      const [, payload] = (await tokenOf(api)).split('.');
      const header = Buffer.from('{"alg":"none"}').toString('base64url');
      await refused(api, token(`${header}.${payload}.`), UNPARSABLE);
    },
  },
];
