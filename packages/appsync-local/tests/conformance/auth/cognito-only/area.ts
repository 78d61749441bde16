import assert from 'node:assert/strict';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { apiKey, user } from '../../../harness/target.ts';
import type { Area, Check } from '../../check.ts';
import { testApi, testStack, testUserPool } from '../../test-api.ts';
import { addResolver } from '../local-resolver.ts';
import { GROUPS, POOL_USERS } from '../pool-users.ts';
import { ask, dataOf, identityOf, MISSING, refused, refusedField, token, UNPARSABLE } from '../requests.ts';

const ADMIN = user('ada', 'admins');
const USER = user('ulf');
const MODES = 'AppSync developer guide, security-authz, "Using additional authorization modes"';
const POOLS = 'AppSync developer guide, security-authz, "AMAZON_COGNITO_USER_POOLS authorization"';

/** An API whose only mode is a user pool. @param action its DefaultAction */
function synthesize(outdir: string, action: appsync.UserPoolDefaultAction, clientRegex?: string): void {
  const { app, stack } = testStack(outdir, `Auth${action}`);
  const userPool = testUserPool(stack, GROUPS);
  const api = testApi(stack, import.meta.dirname, {
    authorizationConfig: {
      defaultAuthorization: {
        authorizationType: appsync.AuthorizationType.USER_POOL,
        userPoolConfig: { userPool, defaultAction: action, appIdClientRegex: clientRegex },
      },
    },
  });
  const none = api.addNoneDataSource('None');
  ['open', 'forAdmins', 'forStaff', 'beside'].forEach((field) => addResolver(none, 'Query', field, `'open'`));
  addResolver(none, 'Query', 'identity', 'ctx.identity');
  addResolver(none, 'Query', 'note', `({ open: 'open', forAdmins: 'open' })`);
  app.synth();
}

const allowChecks: Check[] = [
  {
    id: 'AUT-301',
    promise: 'opens fields without directives to every user',
    source: POOLS,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ open note { open } }', USER), {
        open: 'open',
        note: { open: 'open' },
      });
    },
  },
  {
    id: 'AUT-302',
    promise: 'limits a field with `@aws_auth` to its groups',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ forAdmins forStaff }', ADMIN), {
        forAdmins: 'open',
        forStaff: 'open',
      });
      const { body } = await ask(api, '{ forAdmins }', USER);
      assert.deepEqual(body, {
        data: { forAdmins: null },
        errors: [refusedField('Query', 'forAdmins', ['forAdmins'])],
      });
    },
  },
  {
    id: 'AUT-303',
    promise: 'accepts each of several groups of `@aws_auth`, and no other',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ forStaff }', user('eve', 'editors')), { forStaff: 'open' });
      assert.deepEqual(await dataOf(api, '{ forStaff }', user('otto', 'guests')), { forStaff: null });
    },
  },
  {
    id: 'AUT-304',
    promise: 'limits a field below the root with `@aws_auth`',
    source: MODES,
    evidence: 'documented',
    async run(api) {
      const query = '{ note { open forAdmins } }';
      assert.deepEqual(await dataOf(api, query, USER), { note: { open: 'open', forAdmins: null } });
      assert.deepEqual(await dataOf(api, query, ADMIN), { note: { open: 'open', forAdmins: 'open' } });
    },
  },
  {
    id: 'AUT-305',
    promise: 'ignores the groups of `@aws_cognito_user_pools` if Cognito is the only mode',
    source: 'docs/facts/authorization.md#aws-auth',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ beside }', USER), { beside: 'open' });
    },
  },
  {
    id: 'AUT-306',
    promise: 'refuses an API key as an unusable credential',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'inferred',
    run: async (api) => {
      const key = { 'x-api-key': 'da2-abcdefghijklmnopqrstuvwxyz' };
      await refused(api, { mode: 'raw', headers: key }, MISSING);
    },
  },
  {
    id: 'AUT-307',
    promise: 'refuses text that is not a JWT with `Unable to parse JWT token.`',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, token('invalidtoken123'), UNPARSABLE),
  },
  {
    id: 'AUT-308',
    promise: 'says `ALLOW` for `defaultAuthStrategy`',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      assert.equal((await identityOf(api, ADMIN))['defaultAuthStrategy'], 'ALLOW');
    },
  },
];

const denyChecks: Check[] = [
  {
    id: 'AUT-321',
    promise: 'with DefaultAction DENY refuses fields without directives, even to members of groups',
    source: POOLS,
    evidence: 'documented',
    async run(api) {
      for (const who of [USER, ADMIN]) {
        const { body } = await ask(api, '{ open }', who);
        assert.deepEqual(body, { data: { open: null }, errors: [refusedField('Query', 'open', ['open'])] });
      }
    },
  },
  {
    id: 'AUT-322',
    promise: 'with DefaultAction DENY opens a field with `@aws_auth` only to its groups',
    source: POOLS,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ forAdmins }', ADMIN), { forAdmins: 'open' });
      assert.deepEqual(await dataOf(api, '{ forAdmins }', USER), { forAdmins: null });
    },
  },
  {
    id: 'AUT-323',
    promise: 'with DefaultAction DENY refuses a group that `@aws_cognito_user_pools` names',
    source: 'aws/aws-appsync-community#349: recorded, though not with which DefaultAction',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ beside }', ADMIN), { beside: null });
    },
  },
  {
    id: 'AUT-324',
    promise: 'still checks the request itself: 401 without credentials',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, { ...apiKey, mode: 'raw', headers: {} }, MISSING),
  },
];

export const cognitoOnly: Area = {
  name: 'auth-cognito',
  title: 'Authorization: Cognito alone',
  prefix: 'AUT',
  synthesize: (outdir) => synthesize(outdir, appsync.UserPoolDefaultAction.ALLOW, '.+'),
  users: { pool: POOL_USERS },
  checks: allowChecks,
};

export const cognitoDeny: Area = {
  name: 'auth-cognito-deny',
  title: 'Authorization: Cognito alone, refusing by default',
  prefix: 'AUT',
  synthesize: (outdir) => synthesize(outdir, appsync.UserPoolDefaultAction.DENY),
  users: { pool: POOL_USERS },
  checks: denyChecks,
};
