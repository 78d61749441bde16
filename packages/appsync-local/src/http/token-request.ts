import { RequestRefused } from '../auth/caller.ts';
import { isRecord } from '../ground/record.ts';

/** The request of `POST /_local/token`. */
export interface TokenRequest {
  user: string;
  /** The claim that identifies a user: a UUID on AWS. @default the user's name */
  sub?: string;
  /** @default none */
  groups: string[];
  /** For user pools. @default 'access' */
  tokenUse: 'access' | 'id';
  /** @default 3600 */
  expiresInSeconds: number;
  /** @default either */
  provider?: 'cognito' | 'oidc';
  /** An issuer's URL, or the id of a user pool. @default the first */
  issuer?: string;
  /** @default the issuer's choice */
  clientId?: string;
  /** Additional claims. @default none */
  claims?: Record<string, unknown>;
}

/** Cognito's own longest validity of access and ID tokens (Cognito developer guide, "Managing user pool token expiration"). */
const LONGEST_SECONDS = 86_400;

/** @throws RequestRefused 400 that names the member and its valid values */
export function parseTokenRequest(body: string): TokenRequest {
  const {
    user,
    groups = [],
    tokenUse = 'access',
    expiresInSeconds = 3600,
    sub,
    claims,
    ...rest
  } = parseObject(body);
  if (typeof user !== 'string' || user.trim() === '') {
    throw invalid('user', user, 'a user name');
  }
  if (!isNames(groups)) {
    throw invalid('groups', groups, 'a list of group names');
  }
  if (tokenUse !== 'access' && tokenUse !== 'id') {
    throw invalid('tokenUse', tokenUse, '"access" or "id"');
  }
  if (!isValidity(expiresInSeconds)) {
    throw invalid('expiresInSeconds', expiresInSeconds, `a whole number from 1 to ${LONGEST_SECONDS}`);
  }
  if (sub !== undefined && !isName(sub)) {
    throw invalid('sub', sub, 'an identifier such as a UUID');
  }
  if (claims !== undefined && !isRecord(claims)) {
    throw invalid('claims', claims, 'an object');
  }
  const more = {
    ...issuerOf(rest),
    ...(sub !== undefined && { sub }),
    ...(claims !== undefined && { claims }),
  };
  return { user, groups, tokenUse, expiresInSeconds, ...more };
}

function issuerOf({
  provider,
  issuer,
  clientId,
}: Record<string, unknown>): Pick<TokenRequest, 'provider' | 'issuer' | 'clientId'> {
  if (provider !== undefined && provider !== 'cognito' && provider !== 'oidc') {
    throw invalid('provider', provider, '"cognito" or "oidc"');
  }
  if (issuer !== undefined && !isName(issuer)) {
    throw invalid('issuer', issuer, 'an issuer URL');
  }
  if (clientId !== undefined && !isName(clientId)) {
    throw invalid('clientId', clientId, 'a client id');
  }
  return {
    ...(provider !== undefined && { provider }),
    ...(issuer !== undefined && { issuer }),
    ...(clientId !== undefined && { clientId }),
  };
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) {
      return value;
    }
  } catch {
    // Refused below, like any other body that is not an object.
  }
  throw new RequestRefused(
    400,
    'BadRequestException',
    'The body is not a JSON object; send {"user": "alice"}.',
  );
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isNames = (value: unknown): value is string[] => Array.isArray(value) && value.every(isName);

const isValidity = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LONGEST_SECONDS;

const invalid = (member: string, value: unknown, wanted: string): RequestRefused =>
  new RequestRefused(
    400,
    'BadRequestException',
    `${member} is ${JSON.stringify(value)}; it must be ${wanted}.`,
  );
