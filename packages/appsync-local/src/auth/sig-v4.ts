import type { SignedRequest } from './caller.ts';
import { equalInConstantTime } from './constant-time.ts';
import { incompleteSignature, invalidSignature, unknownAccessKey } from './refusals.ts';
import { headerOf, sourceIpOf } from './request-headers.ts';
import { isSigV4, parseSigV4, toTimestamp, type ClaimedSignature } from './sig-v4-header.ts';
import { createSign, type LocalCredentials } from './sig-v4-signature.ts';
import type { Verifier } from './verifier.ts';

const SERVICE = 'appsync';
/** AWS reference, "Troubleshoot signed requests": a request must arrive within five minutes of its timestamp. */
const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Mode AWS_IAM: verifies the SigV4 signature in the `Authorization` header with the local credentials. Unlike AWS, it accepts
 * any region (clients cannot know the region of a stack that is not deployed) and evaluates no IAM policy: the local user may
 * do everything.
 *
 * @param now epoch milliseconds.
 */
export function createSigV4Verifier(options: {
  accountId: string;
  credentials: LocalCredentials;
  now: () => number;
}): Verifier {
  const { accountId, credentials, now } = options;
  const sign = createSign(credentials, SERVICE);
  return {
    mode: 'AWS_IAM',
    recognizes: (request) => isSigV4(headerOf(request, 'authorization')),
    async verify(request) {
      const claimed = parseSigV4(request);
      checkScope(claimed);
      if (claimed.accessKeyId !== credentials.accessKeyId) {
        throw unknownAccessKey();
      }
      checkSkew(claimed, now());
      if (!equalInConstantTime(claimed.signature, await sign(request, claimed))) {
        throw invalidSignature();
      }
      return { mode: 'AWS_IAM', identity: identityOf(request, accountId), groups: [] };
    },
  };
}

function checkScope({ date, service, terminator, timestamp, signedHeaders }: ClaimedSignature): void {
  if (service !== SERVICE) {
    throw invalidSignature(`Credential should be scoped to correct service: '${SERVICE}'.`);
  }
  if (terminator !== 'aws4_request') {
    throw invalidSignature(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  if (date !== timestamp.slice(0, 8)) {
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
        `'${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    );
  }
  if (!signedHeaders.includes('host')) {
    throw incompleteSignature("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
}

function checkSkew({ timestamp, signedAt }: ClaimedSignature, now: number): void {
  const [stamp, earliest, latest] = [now, now - MAX_SKEW_MS, now + MAX_SKEW_MS].map(toTimestamp);
  if (signedAt < now - MAX_SKEW_MS) {
    throw invalidSignature(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${stamp} - 5 min.)`,
    );
  }
  if (signedAt > now + MAX_SKEW_MS) {
    throw invalidSignature(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${stamp} + 5 min.)`,
    );
  }
}

// The members that describe a Cognito identity pool are null for a plain IAM user (docs: resolver context reference).
const identityOf = (request: SignedRequest, accountId: string) => ({
  accountId,
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: sourceIpOf(request),
  username: 'AIDALOCALDEVELOPMENT',
  userArn: `arn:aws:iam::${accountId}:user/local`,
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
});
