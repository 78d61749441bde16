import assert from 'node:assert/strict';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { iam } from '../../../harness/target.ts';
import type { Area, Check, ConformanceApi } from '../../check.ts';
import { testApi, testStack } from '../../test-api.ts';
import { authorizerFunction } from '../authorizer.ts';
import { addResolver } from '../local-resolver.ts';
import {
  connectAs,
  dataOf,
  identityOf,
  MISSING,
  NOT_AUTHORIZED,
  raw,
  refused,
  startAs,
  token,
} from '../requests.ts';

const LAMBDA = 'AppSync developer guide, security-authz, "AWS_LAMBDA authorization"';

let count = 0;
const fresh = (word: string): string => `${word} ${Date.now().toString(36)}${(count += 1)}`;

const contextOf = async (api: ConformanceApi, authorization: string): Promise<Record<string, unknown>> =>
  (await identityOf(api, token(authorization)))['resolverContext'] as Record<string, unknown>;

/** What the authorizer does, and where AWS says that it is denied then. */
const DENIALS: [string, string, string, Check['evidence'], string?][] = [
  ['AUT-501', 'false', 'deny', 'observed'],
  ['AUT-502', 'an empty object', 'empty', 'documented'],
  ['AUT-503', 'null', 'nothing', 'inferred'],
  ['AUT-504', '`"true"` as text', 'text', 'documented'],
  ['AUT-505', '1 instead of true', 'one', 'documented'],
  ['AUT-506', 'nested values in `resolverContext`', 'nested', 'chosen'],
  ['AUT-507', 'more than 5 MB', 'huge', 'documented'],
  ['AUT-508', 'with an exception', 'throw', 'documented'],
  ['AUT-509', 'after its own time-out', 'sleep', 'documented'],
];

const checks: Check[] = [
  ...DENIALS.map(([id, what, word, evidence]): Check => ({
    id,
    promise: `refuses a token with 401 when the authorizer answers ${what}`,
    source: LAMBDA,
    evidence,
    run: (api) => refused(api, token(fresh(word)), NOT_AUTHORIZED),
  })),
  {
    id: 'AUT-511',
    promise: 'asks the authorizer for every request if the API keeps no answers, which is the default',
    source: 'AppSync API reference, LambdaAuthorizerConfig: "The default is 0 seconds"',
    evidence: 'documented',
    async run(api) {
      const authorization = fresh('nonce');
      assert.notDeepEqual(await contextOf(api, authorization), await contextOf(api, authorization));
    },
  },
  {
    id: 'AUT-512',
    promise: 'keeps an answer with a `ttlOverride` for that time',
    source: 'AppSync API reference, LambdaAuthorizerConfig',
    evidence: 'documented',
    async run(api) {
      const authorization = fresh('keep');
      assert.deepEqual(await contextOf(api, authorization), await contextOf(api, authorization));
    },
  },
  {
    id: 'AUT-513',
    promise:
      'refuses a token that IdentityValidationExpression does not match, without asking the authorizer',
    source: 'AppSync API reference, LambdaAuthorizerConfig',
    evidence: 'documented',
    run: (api) => refused(api, token('!!!'), NOT_AUTHORIZED),
  },
  {
    id: 'AUT-514',
    promise: 'requires that IdentityValidationExpression matches the whole token',
    source: 'docs/facts/authorization.md#identity-validation; that the whole token counts is inferred',
    evidence: 'inferred',
    run: (api) => refused(api, token('allow!'), NOT_AUTHORIZED),
  },
  {
    id: 'AUT-515',
    promise: 'passes the authorizer a token with its Bearer prefix, if there is no JWT mode',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const event = JSON.parse(String((await contextOf(api, 'echo Bearer abc'))['event'])) as object;
      assert.equal((event as { authorizationToken: string }).authorizationToken, 'echo Bearer abc');
      assert.deepEqual(await contextOf(api, 'Bearer xyz'), { word: 'earer' });
    },
  },
  {
    id: 'AUT-516',
    promise: 'passes the authorizer a JWT, if there is no JWT mode',
    source:
      'AppSync developer guide, security-authz, "Circumventing SigV4 and OIDC token authorization limitations"',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await contextOf(api, 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln'), { word: 'ey' });
    },
  },
  {
    id: 'AUT-517',
    promise: 'passes the authorizer a SigV4 signature, if there is no IAM mode',
    source:
      'AppSync developer guide, security-authz, "Circumventing SigV4 and OIDC token authorization limitations"',
    evidence: 'documented',
    async run(api) {
      const { authorization } = await api.target.headersFor(iam, '');
      assert.deepEqual(await contextOf(api, authorization!), { word: 'redential' });
    },
  },
  {
    id: 'AUT-518',
    promise: 'refuses a request without `Authorization`',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'observed',
    run: (api) => refused(api, raw({ 'x-api-key': 'allow' }), MISSING),
  },
  {
    id: 'AUT-519',
    promise: 'opens fields without directives to it, but not those of another mode',
    source: 'AppSync developer guide, security-authz',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ open byIam }', token(fresh('allow'))), {
        open: 'open',
        byIam: null,
      });
    },
  },
  {
    id: 'AUT-520',
    promise: 'does not say why the authorizer failed',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'inferred',
    async run({ target }) {
      const { body } = await target.post('{"query":"{ open }"}', { authorization: fresh('throw') });
      assert.doesNotMatch(body, /secret|authorizer/i);
    },
  },
  {
    id: 'AUT-521',
    promise: 'asks the authorizer about a connection, without a query and as `DeepDish:Connect`',
    source: 'awslabs/aws-mobile-appsync-sdk-js#755',
    evidence: 'observed',
    async run(api) {
      const { socket, answer } = await connectAs(api, token('connects only'));
      socket.close();
      assert.equal(answer.type, 'connection_ack');
      await refused(api, token('connects only'), NOT_AUTHORIZED);
    },
  },
  {
    id: 'AUT-522',
    promise: 'asks the authorizer about each start, with its query',
    source: LAMBDA,
    evidence: 'documented',
    async run(api) {
      const query = 'subscription { onNote }';
      assert.equal(
        (await startAs(api, query, token('starts only'), token(fresh('allow')))).type,
        'start_ack',
      );
      await refused(api, token('starts only'), NOT_AUTHORIZED);
    },
  },
];

export const lambdaOnly: Area = {
  name: 'auth-lambda',
  title: 'Authorization: a Lambda authorizer alone',
  prefix: 'AUT',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'AuthLambda');
    const api = testApi(stack, import.meta.dirname, {
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: appsync.AuthorizationType.LAMBDA,
          lambdaAuthorizerConfig: {
            handler: authorizerFunction(stack),
            validationRegex: '[\\w ./=+,:;-]+',
          },
        },
      },
    });
    const none = api.addNoneDataSource('None');
    addResolver(none, 'Query', 'open', `'open'`);
    addResolver(none, 'Query', 'byIam', `'open'`);
    addResolver(none, 'Query', 'identity', 'ctx.identity');
    addResolver(none, 'Mutation', 'note', `'done'`);
    app.synth();
  },
  checks,
};
