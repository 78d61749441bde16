import { StartFailure } from '../ground/start-failure.ts';
import type { ApiModel, AuthenticationType, AuthMode } from '../template/app-model.ts';
import { createApiKeyVerifier } from './api-key.ts';
import type { Authorize, SignedRequest } from './caller.ts';
import { createCognitoVerifier, type CognitoMode } from './cognito.ts';
import { unverifiedClaims } from './jwt.ts';
import { createLambdaVerifier, type InvokeAuthorizer, type LambdaMode } from './lambda-authorizer.ts';
import type { LocalIssuer, UserPoolIssuer } from './local-issuer.ts';
import { createRemoteKeys, isLoopback, keySetSource, type KeySource } from './oidc-provider.ts';
import { createOidcVerifier, type OidcMode } from './oidc.ts';
import { credentialMissing, tokenUnparsable } from './refusals.ts';
import { headerOf } from './request-headers.ts';
import { isSigV4 } from './sig-v4-header.ts';
import type { LocalCredentials } from './sig-v4-signature.ts';
import { createSigV4Verifier, type SessionCredentials } from './sig-v4.ts';
import type { Verifier } from './verifier.ts';

export interface AuthorizeOptions {
  api: ApiModel;
  accountId: string;
  /** The local user's, for SigV4 signatures. */
  credentials: LocalCredentials;
  /** Of roles, which may sign too. @default none */
  sessions?: SessionCredentials[];
  /** One for each user pool, and for each OpenID Connect provider outside this machine. */
  issuers: LocalIssuer[];
  /** Calls the API's Lambda authorizer. */
  invokeAuthorizer: InvokeAuthorizer;
  /** Receives one line that says why an authorizer or a provider failed. */
  log: (line: string) => void;
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
}

type Context = AuthorizeOptions & { now: () => number };

/** The file of each mode. */
const verifierOf: Record<AuthenticationType, (mode: AuthMode, context: Context) => Verifier> = {
  API_KEY: (_, { api, now }) => createApiKeyVerifier({ apiKeys: api.apiKeys, now }),
  AWS_IAM: (_, { accountId, credentials, sessions = [], now }) =>
    createSigV4Verifier({ accountId, credentials, sessions, now }),
  AMAZON_COGNITO_USER_POOLS: (mode, context) => cognitoVerifier(mode as CognitoMode, context),
  OPENID_CONNECT: (mode, context) => oidcVerifier(mode as OidcMode, context),
  AWS_LAMBDA: (mode, { api, accountId, invokeAuthorizer: invoke, log, now }) =>
    createLambdaVerifier({
      mode: mode as LambdaMode,
      api: { id: api.id, arn: api.arn, accountId },
      invoke,
      log,
      now,
    }),
};

/**
 * The order in which modes are chosen for a request with several credentials: a SigV4 header before `x-api-key` before a token.
 * AWS does not document it; this is the order of one of two emulators that disagree, and the one that never treats a signed
 * request as an anonymous key holder. Exactly one mode decides; there is no fallback.
 */
const PRECEDENCE: AuthenticationType[] = [
  'AWS_IAM',
  'API_KEY',
  'AMAZON_COGNITO_USER_POOLS',
  'OPENID_CONNECT',
  'AWS_LAMBDA',
];

/** Modes whose credential is a JWT in `Authorization`. */
const JWT_MODES: AuthenticationType[] = ['AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT'];

/**
 * Identifies the caller of an API, in the authorization mode that the credentials belong to.
 *
 * @throws StartFailure when a user pool or provider has no local issuer, or a pattern is not a valid regular expression.
 */
export function createAuthorize(options: AuthorizeOptions): Authorize {
  const context: Context = { ...options, now: options.now ?? Date.now };
  const verifiers = context.api.authModes
    .map((mode) => verifierOf[mode.type](mode, context))
    .sort((a, b) => PRECEDENCE.indexOf(a.mode) - PRECEDENCE.indexOf(b.mode));
  const alternatives = new Map(verifiers.map((verifier) => [verifier, alternativesTo(verifier, verifiers)]));
  return (request) => {
    const first = verifiers.find((candidate) => candidate.recognizes(request));
    if (!first || isAnotherModes(request, first, verifiers)) {
      return refuseUnrecognized(request, verifiers);
    }
    return alternatives
      .get(first)!
      .reduce(
        (judged, other) => (other.recognizes(request) ? judged.catch(() => other.verify(request)) : judged),
        first.verify(request),
      );
  };
}

/** A provider may be configured several times, for different clients; any of them may accept the token. */
const alternativesTo = (first: Verifier, verifiers: Verifier[]): Verifier[] =>
  verifiers.slice(verifiers.indexOf(first) + 1).filter(({ mode }) => mode === first.mode);

/**
 * A token for the Lambda authorizer must not look like a token of one of the API's JWT modes, nor may it then have a Bearer
 * prefix (AppSync developer guide, "Circumventing SigV4 and OIDC token authorization limitations"). A SigV4 signature goes to
 * AWS_IAM before this check.
 */
function isAnotherModes(request: SignedRequest, { mode }: Verifier, verifiers: Verifier[]): boolean {
  if (mode !== 'AWS_LAMBDA' || !verifiers.some((other) => JWT_MODES.includes(other.mode))) {
    return false;
  }
  return unverifiedClaims(request) !== undefined || /^\s*Bearer\s/i.test(headerOf(request, 'authorization')!);
}

function cognitoVerifier(mode: CognitoMode, { api, issuers, now }: Context): Verifier {
  const pools = issuers.filter((issuer): issuer is UserPoolIssuer => issuer.provider === 'cognito');
  const issuer = pools.find(({ userPoolId }) => userPoolId === mode.userPoolId);
  if (issuer) {
    return createCognitoVerifier({ mode, issuer, now });
  }
  throw new StartFailure(
    `API '${api.logicalId}' names the user pool '${mode.userPoolId}', which has no local issuer; ` +
      `there are issuers for: ${pools.map(({ userPoolId }) => userPoolId).join(', ') || 'none'}.`,
  );
}

function oidcVerifier(mode: OidcMode, context: Context): Verifier {
  const alone = context.api.authModes.length === 1;
  return createOidcVerifier({ mode, keys: keysOf(mode, context), alone, now: context.now });
}

/** Fetches the keys of a provider on this machine. A provider anywhere else is never called: a local issuer replaces it. */
function keysOf({ issuer: url }: OidcMode, { api, issuers, now, log }: Context): KeySource {
  if (isLoopback(url)) {
    return createRemoteKeys({ issuer: url, now, log });
  }
  const issuer = issuers.find((candidate) => candidate.provider === 'oidc' && candidate.issuer === url);
  if (issuer) {
    return keySetSource(() => issuer.jwks());
  }
  throw new StartFailure(
    `API '${api.logicalId}' names the OpenID Connect provider '${url}', which has no local issuer.`,
  );
}

/** Answers a request without credentials, or with credentials that no mode of this API recognizes. */
async function refuseUnrecognized(request: SignedRequest, verifiers: Verifier[]): Promise<never> {
  const authorization = headerOf(request, 'authorization');
  if (!authorization || isSigV4(authorization)) {
    throw credentialMissing();
  }
  if (verifiers.some(({ mode }) => JWT_MODES.includes(mode))) {
    throw tokenUnparsable();
  }
  // If `Authorization` can only be SigV4, AWS lists what the header lacks (observed).
  await verifiers.find(({ mode }) => mode === 'AWS_IAM')?.verify(request);
  throw credentialMissing();
}
