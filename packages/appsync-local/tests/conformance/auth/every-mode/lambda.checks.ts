import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../../check.ts';
import { ask, dataOf, identityOf, NOT_AUTHORIZED, refused, refusedField, token } from '../requests.ts';

const LAMBDA = 'AppSync developer guide, security-authz, "AWS_LAMBDA authorization"';

let count = 0;
/** A token that no earlier check or run has made the authorizer's answer be kept for. */
const fresh = (word: string): string => `${word} ${Date.now().toString(36)}${(count += 1)}`;

const nonceOf = async (api: ConformanceApi, authorization: string): Promise<unknown> =>
  ((await identityOf(api, token(authorization)))['resolverContext'] as Record<string, unknown>)['nonce'];

async function eventOf(api: ConformanceApi, body: object, headers = {}): Promise<Record<string, unknown>> {
  const authorization = fresh('echo');
  const response = await api.target.post(JSON.stringify(body), { authorization, ...headers });
  const { data } = JSON.parse(response.body) as { data: { identity: string } };
  const { resolverContext } = JSON.parse(data.identity) as { resolverContext: { event: string } };
  return { token: authorization, ...(JSON.parse(resolverContext.event) as object) };
}

/** AWS_LAMBDA beside other modes; answers are kept for five minutes. */
export const lambdaChecks: Check[] = [
  {
    id: 'AUT-071',
    promise: 'sends the authorizer the token, the API, the operation and the headers',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const query = 'query Mine { identity }';
      const event = await eventOf(
        api,
        { query, operationName: 'Mine', variables: { a: [1] } },
        { 'x-tenant': 't1' },
      );
      const { accountId, apiId, requestId, ...context } = event['requestContext'] as Record<string, string>;
      assert.equal(event['authorizationToken'], event['token']);
      assert.match(String(accountId), /^\d{12}$/);
      assert.match(String(apiId), /^[a-z0-9]{26}$/);
      assert.match(String(requestId), /^[0-9a-f-]{36}$/);
      assert.deepEqual(context, { queryString: query, operationName: 'Mine', variables: { a: [1] } });
      const headers = event['requestHeaders'] as Record<string, string>;
      assert.equal(headers['x-tenant'], 't1');
    },
  },
  {
    id: 'AUT-072',
    promise: 'sends the authorizer the request id that the client gets',
    source: LAMBDA,
    evidence: 'inferred',
    async run(api) {
      const body = JSON.stringify({ query: '{ identity }' });
      const response = await api.target.post(body, { authorization: fresh('echo') });
      assert.ok(response.body.includes(response.headers['x-amzn-requestid']!));
    },
  },
  {
    id: 'AUT-073',
    promise: 'sends the authorizer empty variables and a null operation name if there are none',
    source: LAMBDA,
    evidence: 'chosen',
    async run(api) {
      const event = await eventOf(api, { query: '{ identity }' });
      const { variables, operationName } = event['requestContext'] as Record<string, unknown>;
      assert.deepEqual({ variables, operationName }, { variables: {}, operationName: null });
    },
  },
  {
    id: 'AUT-074',
    promise: 'makes `resolverContext` the identity',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await identityOf(api, token(fresh('context'))), {
        resolverContext: { tenant: 't1', count: 3, trusted: true },
      });
    },
  },
  {
    id: 'AUT-075',
    promise: 'has an empty `resolverContext` where the authorizer gives none',
    source: 'docs/facts/resolvers.md#identity-lambda',
    evidence: 'chosen',
    async run(api) {
      assert.deepEqual(await identityOf(api, token(fresh('allow'))), { resolverContext: {} });
    },
  },
  {
    id: 'AUT-076',
    promise: 'refuses a token that the authorizer denies with 401',
    source: 'aws-amplify/amplify-category-api, api_lambda_auth.test.ts',
    evidence: 'observed',
    run: (api) => refused(api, token(fresh('deny')), NOT_AUTHORIZED),
  },
  {
    id: 'AUT-077',
    promise: 'refuses fields denied as `Type.field`, even if directives and resolvers allow them',
    source: 'aws-amplify/amplify-category-api, api_lambda_auth.test.ts',
    evidence: 'observed',
    async run(api) {
      const { body } = await ask(api, '{ note { id secret } byLambda }', token(fresh('short')));
      assert.deepEqual(body, {
        data: { note: { id: 'n1', secret: null }, byLambda: null },
        errors: [
          refusedField('Query', 'byLambda', ['byLambda'], 1, 22),
          refusedField('Note', 'secret', ['note', 'secret'], 1, 13),
        ],
      });
    },
  },
  {
    id: 'AUT-078',
    promise: 'refuses a field denied by its ARN',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ note { id secret } }', token(fresh('arn'))), {
        note: { id: 'n1', secret: null },
      });
    },
  },
  {
    id: 'AUT-079',
    promise: 'ignores a denied field of another API',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ note { secret } }', token(fresh('foreign'))), {
        note: { secret: 's' },
      });
    },
  },
  {
    id: 'AUT-080',
    promise: 'refuses a denied mutation field, and does not run it',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const { body } = await ask(api, 'mutation {\n  note(id: 1) { id }\n}', token(fresh('mutation')));
      assert.deepEqual(body, {
        data: { note: null },
        errors: [refusedField('Mutation', 'note', ['note'], 2, 3)],
      });
    },
  },
  {
    id: 'AUT-081',
    promise: 'keeps an answer for the time that the API sets, by token',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const [first, second] = [fresh('nonce'), fresh('nonce')];
      const nonce = await nonceOf(api, first);
      assert.equal(await nonceOf(api, first), nonce);
      assert.notEqual(await nonceOf(api, second), nonce);
    },
  },
  {
    id: 'AUT-082',
    promise: 'does not keep an answer with `ttlOverride: 0`',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const authorization = fresh('forget');
      assert.notEqual(await nonceOf(api, authorization), await nonceOf(api, authorization));
    },
  },
  {
    id: 'AUT-083',
    promise: 'does not keep an answer of 1,048,576 bytes or more',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const authorization = fresh('large');
      assert.notEqual(await nonceOf(api, authorization), await nonceOf(api, authorization));
    },
  },
  {
    id: 'AUT-084',
    promise: 'uses a kept answer for other operations too, because only the token counts',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const authorization = fresh('echo');
      const first = await dataOf(api, '{ identity }', token(authorization));
      assert.deepEqual(await dataOf(api, 'query Other { identity }', token(authorization)), first);
    },
  },
];
