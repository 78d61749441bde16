import assert from 'node:assert/strict';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import { iam } from '../../../harness/target.ts';
import type { Area, Check } from '../../check.ts';
import { testApi, testStack } from '../../test-api.ts';
import { addResolver } from '../local-resolver.ts';
import { connectAs, dataOf, MISSING, raw, refused, startAs, token } from '../requests.ts';

const checks: Check[] = [
  {
    id: 'AUT-401',
    promise: 'answers 403 to a header that is not a signature, and lists all missing parts',
    source: 'localstack/localstack, test_appsync.py (run on AWS)',
    evidence: 'observed',
    run: (api) =>
      refused(api, token('invalidtoken123'), [
        403,
        'IncompleteSignatureException',
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=invalidtoken123",
      ]),
  },
  {
    id: 'AUT-402',
    promise: 'refuses an API key as an unusable credential',
    source: 'docs/facts/authorization.md#refusals',
    evidence: 'inferred',
    run: (api) => refused(api, raw({ 'x-api-key': 'da2-abcdefghijklmnopqrstuvwxyz' }), MISSING),
  },
  {
    id: 'AUT-403',
    promise: 'opens fields without directives to signed requests',
    source: 'AppSync developer guide, security-authz',
    evidence: 'documented',
    async run(api) {
      assert.deepEqual(await dataOf(api, '{ open }', iam), { open: 'open' });
    },
  },
  {
    id: 'AUT-404',
    promise: 'connects and subscribes with signatures over `/graphql/connect` and `/graphql`',
    source: 'AppSync developer guide, real-time-websocket-client',
    evidence: 'documented',
    async run(api) {
      assert.equal((await startAs(api, 'subscription { onNote }', iam)).type, 'start_ack');
    },
  },
  {
    id: 'AUT-405',
    promise: 'refuses a connection whose signature is over `/graphql`',
    source: 'AppSync developer guide, real-time-websocket-client',
    evidence: 'documented',
    async run(api) {
      const headers = await api.target.headersFor(iam, '{}');
      const { socket, answer } = await connectAs(api, raw(headers));
      socket.close();
      assert.equal(answer.type, 'connection_error');
    },
  },
];

export const iamOnly: Area = {
  name: 'auth-iam',
  title: 'Authorization: IAM alone',
  prefix: 'AUT',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'AuthIam');
    const api = testApi(stack, import.meta.dirname, {
      authorizationConfig: {
        defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM },
      },
    });
    const none = api.addNoneDataSource('None');
    addResolver(none, 'Query', 'open', `'open'`);
    addResolver(none, 'Mutation', 'note', `'done'`);
    app.synth();
  },
  checks,
};
