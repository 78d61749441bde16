import { StartFailure } from '../failure.ts';
import type { ApiModel, AuthenticationType, AuthMode } from '../template/model.ts';
import { createApiKeyVerifier } from './api-key.ts';
import type { Authorize, SignedRequest } from './caller.ts';
import { createCognitoVerifier, type CognitoMode } from './cognito.ts';
import type { LocalIssuer } from './local-issuer.ts';
import { credentialMissing, tokenUnparsable } from './refusals.ts';
import { headerOf } from './request-headers.ts';
import { isSigV4 } from './sig-v4-header.ts';
import type { LocalCredentials } from './sig-v4-signature.ts';
import { createSigV4Verifier } from './sig-v4.ts';
import type { Verifier } from './verifier.ts';

export interface AuthorizeOptions {
  api: ApiModel;
  /** The one API key the local server accepts. */
  apiKey: string;
  accountId: string;
  /** The one pair of credentials SigV4 is verified with. */
  credentials: LocalCredentials;
  /** One for each user pool among the API's authorization modes. */
  issuers: LocalIssuer[];
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
}

type Context = Required<AuthorizeOptions>;

/** The file of each mode. A new mode is one file and one line here. */
const verifierOf: Partial<Record<AuthenticationType, (mode: AuthMode, context: Context) => Verifier>> = {
  API_KEY: (_, { api, apiKey, now }) => createApiKeyVerifier({ apiKeys: api.apiKeys, localKey: apiKey, now }),
  AWS_IAM: (_, { accountId, credentials, now }) => createSigV4Verifier({ accountId, credentials, now }),
  AMAZON_COGNITO_USER_POOLS: (mode, context) => cognitoVerifier(mode as CognitoMode, context),
};

/**
 * Which mode judges, when a request carries several credentials: a SigV4 header before `x-api-key` before a token.
 * AWS does not say; this is the order of one of two emulators that disagree, and the one that never lets a request
 * that took the trouble of signing pass as an anonymous key holder. Exactly one mode judges: there is no falling back.
 */
const PRECEDENCE: AuthenticationType[] = [
  'AWS_IAM',
  'API_KEY',
  'AMAZON_COGNITO_USER_POOLS',
  'OPENID_CONNECT',
  'AWS_LAMBDA',
];

/** Modes whose credential is any string in `Authorization`. */
const TOKEN_MODES: AuthenticationType[] = ['AMAZON_COGNITO_USER_POOLS', 'OPENID_CONNECT', 'AWS_LAMBDA'];

/**
 * Finds out who calls an API, in whichever of its authorization modes the credentials are for.
 *
 * @throws StartFailure when the API uses a mode that does not run locally, or a user pool without a local issuer.
 */
export const createAuthorize = (options: AuthorizeOptions): Authorize => {
  const context: Context = { ...options, now: options.now ?? Date.now };
  const verifiers = context.api.authModes
    .map((mode) => createVerifier(mode, context))
    .sort((a, b) => PRECEDENCE.indexOf(a.mode) - PRECEDENCE.indexOf(b.mode));
  return async (request) => {
    const verifier = verifiers.find((candidate) => candidate.recognizes(request));
    return verifier ? verifier.verify(request) : refuseUnrecognized(request, verifiers);
  };
};

const createVerifier = (mode: AuthMode, context: Context): Verifier => {
  const create = verifierOf[mode.type];
  if (create) return create(mode, context);
  throw new StartFailure(
    `API '${context.api.logicalId}' uses the authorization mode ${mode.type}, which does not run locally; ` +
      `${Object.keys(verifierOf).join(', ')} do.`,
  );
};

const cognitoVerifier = (mode: CognitoMode, { api, issuers, now }: Context): Verifier => {
  const issuer = issuers.find(({ userPoolId }) => userPoolId === mode.userPoolId);
  if (issuer) return createCognitoVerifier({ mode, issuer, now });
  throw new StartFailure(
    `API '${api.logicalId}' names the user pool '${mode.userPoolId}', which has no local issuer; ` +
      `there are issuers for: ${issuers.map(({ userPoolId }) => userPoolId).join(', ') || 'none'}.`,
  );
};

/** Credentials of no shape this API's modes know, or none at all. */
const refuseUnrecognized = async (request: SignedRequest, verifiers: Verifier[]): Promise<never> => {
  const authorization = headerOf(request, 'authorization');
  if (!authorization || isSigV4(authorization)) throw credentialMissing();
  if (verifiers.some(({ mode }) => TOKEN_MODES.includes(mode))) throw tokenUnparsable();
  // Where SigV4 is all that `Authorization` can mean, AWS lists what the header lacks (observed).
  await verifiers.find(({ mode }) => mode === 'AWS_IAM')?.verify(request);
  throw credentialMissing();
};
