import assert from 'node:assert/strict';
import { type Credentials, iam } from '../../../harness/target.ts';
import type { Check, ConformanceApi } from '../../check.ts';
import { identityOf, raw, refused, type Refusal } from '../requests.ts';

const QUERY = '{ __typename }';
const MISMATCH: Refusal = [
  400,
  'BadRequestException',
  /^The request signature we calculated does not match the signature you provided\. .*\n\nThe Canonical String for this request should have been\n'POST\n\/graphql\n\n.*'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n/s,
];

/** The headers of a good signature for QUERY, changed. */
async function signed(
  { target }: ConformanceApi,
  change: (headers: Record<string, string>) => Record<string, string>,
): Promise<Credentials> {
  return raw(change(await target.headersFor(iam, JSON.stringify({ query: QUERY }))));
}

const changedAuthorization = (from: string | RegExp, to: string) => (headers: Record<string, string>) => ({
  ...headers,
  authorization: headers['authorization']!.replace(from, to),
});

/** AWS_IAM: the signature is verified, and tells who signed. */
export const iamChecks: Check[] = [
  {
    id: 'AUT-021',
    promise: 'gives the signer: account, ARN and user, the identity pool’s members null',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      const identity = await identityOf(api, iam);
      assert.match(String(identity['accountId']), /^\d{12}$/);
      assert.match(String(identity['userArn']), /^arn:aws:(iam|sts)::\d{12}:/);
      assert.match(String(identity['username']), /^A[IR]/);
      assert.ok(Array.isArray(identity['sourceIp']) && identity['sourceIp'].length > 0);
      for (const member of [
        'cognitoIdentityPoolId',
        'cognitoIdentityId',
        'cognitoIdentityAuthType',
        'cognitoIdentityAuthProvider',
      ]) {
        assert.equal(identity[member], null, member);
      }
    },
  },
  {
    id: 'AUT-022',
    promise: 'refuses a signature over another body with 400, and says what should have been signed',
    source: 'aws/aws-sdk-java#2583, zino-hofmann/graphql-flutter#639',
    evidence: 'observed',
    run: async (api) => refused(api, await signed(api, (headers) => headers), MISMATCH, '{ authType }'),
  },
  {
    id: 'AUT-023',
    promise: 'refuses a changed signature with 400, and says what should have been signed',
    source: 'aws/aws-sdk-java#2583, zino-hofmann/graphql-flutter#639',
    evidence: 'observed',
    run: async (api) =>
      refused(api, await signed(api, changedAuthorization(/Signature=.{8}/, 'Signature=00000000')), MISMATCH),
  },
  {
    id: 'AUT-024',
    promise: 'refuses an unknown access key with 403',
    source: 'aws-amplify/amplify-js#3447',
    evidence: 'observed',
    run: async (api) =>
      refused(
        api,
        await signed(api, changedAuthorization(/Credential=\w+/, 'Credential=AKIAUNKNOWNUNKNOWN00')),
        [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
      ),
  },
  {
    id: 'AUT-025',
    promise: 'refuses a signature for another service with 400',
    source: 'IAM user guide, "Troubleshoot Signature Version 4"',
    evidence: 'inferred',
    run: async (api) =>
      refused(api, await signed(api, changedAuthorization('/appsync/', '/dynamodb/')), [
        400,
        'BadRequestException',
        /Credential should be scoped to correct service: 'appsync'\./,
      ]),
  },
  {
    id: 'AUT-026',
    promise: 'refuses a signature without its date with 403, naming what is missing',
    source: 'localstack/localstack, test_appsync.py (run on AWS): the same sentence for `invalidtoken123`',
    evidence: 'inferred',
    run: async (api) =>
      refused(api, await signed(api, ({ 'x-amz-date': _date, ...headers }) => headers), [
        403,
        'IncompleteSignatureException',
        /^Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. Authorization=AWS4-HMAC-SHA256 /,
      ]),
  },
  {
    id: 'AUT-027',
    promise: 'refuses a signature made six minutes ago with 400',
    source: 'aws-amplify/amplify-js#11480; IAM user guide, "Troubleshoot Signature Version 4": five minutes',
    evidence: 'observed',
    async run(api) {
      const late = new Date(Date.now() - 6 * 60_000).toISOString().slice(0, 19).replace(/[-:]/g, '') + 'Z';
      const change = (headers: Record<string, string>) => ({
        ...changedAuthorization(/\/\d{8}\//, `/${late.slice(0, 8)}/`)(headers),
        'x-amz-date': late,
      });
      await refused(api, await signed(api, change), [400, 'BadRequestException', /^Signature expired: /]);
    },
  },
];
