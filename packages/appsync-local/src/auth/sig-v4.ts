import type { Caller, SignedRequest } from './caller.ts';
import { equalInConstantTime } from './constant-time.ts';
import { incompleteSignature, invalidSignature, unknownAccessKey } from './refusals.ts';
import { headerOf, sourceIpOf } from './request-headers.ts';
import { isSigV4, parseSigV4, toTimestamp, type ClaimedSignature } from './sig-v4-header.ts';
import { createSign, mismatchOf, type LocalCredentials } from './sig-v4-signature.ts';
import type { Verifier } from './verifier.ts';

const SERVICE = 'appsync';
/** AWS reference, "Troubleshoot signed requests": a request must arrive within five minutes of its timestamp. */
const MAX_SKEW_MS = 5 * 60 * 1000;

/** Credentials of somebody else than the local user: a session of a Lambda function's role. */
export interface SessionCredentials extends LocalCredentials {
  /** `AROA…:FUNCTION`. */
  username: string;
  userArn: string;
  /** Whether its policies let it run a field, `Mutation.putItem`. */
  mayRun(coordinate: string): boolean;
}

/**
 * Mode AWS_IAM: verifies the SigV4 signature in the `Authorization` header with the local user's credentials, or those of a
 * session. Unlike AWS, it accepts any region (clients cannot know the region of a stack that is not deployed), and the local
 * user may do everything.
 *
 * @param sessions default none
 * @param now epoch milliseconds.
 */
export function createSigV4Verifier(options: {
  accountId: string;
  credentials: LocalCredentials;
  sessions?: SessionCredentials[];
  now: () => number;
}): Verifier {
  const { accountId, credentials, sessions = [], now } = options;
  const callers = new Map(
    [{ ...credentials, ...localUser(accountId) }, ...sessions].map((known) => [
      known.accessKeyId,
      { ...known, sign: createSign(known, SERVICE) },
    ]),
  );
  return {
    mode: 'AWS_IAM',
    recognizes: (request) => isSigV4(headerOf(request, 'authorization')),
    async verify(request) {
      const claimed = parseSigV4(request);
      checkScope(claimed);
      const known = callers.get(claimed.accessKeyId);
      if (!known) {
        throw unknownAccessKey();
      }
      checkSkew(claimed, now());
      if (!equalInConstantTime(claimed.signature, known.sign(request, claimed))) {
        throw invalidSignature(mismatchOf(request, claimed));
      }
      const caller: Caller = { mode: 'AWS_IAM', identity: identityOf(request, accountId, known), groups: [] };
      return 'mayRun' in known ? { ...caller, mayRun: known.mayRun } : caller;
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
  if (signedAt < now - MAX_SKEW_MS) {
    const [stamp, earliest] = [now, now - MAX_SKEW_MS].map(toTimestamp);
    throw invalidSignature(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${stamp} - 5 min.)`,
    );
  }
  if (signedAt > now + MAX_SKEW_MS) {
    const [stamp, latest] = [now, now + MAX_SKEW_MS].map(toTimestamp);
    throw invalidSignature(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${stamp} + 5 min.)`,
    );
  }
}

const localUser = (accountId: string) => ({
  username: 'AIDALOCALDEVELOPMENT',
  userArn: `arn:aws:iam::${accountId}:user/local`,
});

// The members that describe a Cognito identity pool are null for a plain IAM user (docs: resolver context reference).
const identityOf = (
  request: SignedRequest,
  accountId: string,
  { username, userArn }: { username: string; userArn: string },
) => ({
  accountId,
  cognitoIdentityPoolId: null,
  cognitoIdentityId: null,
  sourceIp: sourceIpOf(request),
  username,
  userArn,
  cognitoIdentityAuthType: null,
  cognitoIdentityAuthProvider: null,
});
