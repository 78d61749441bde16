import { expect } from 'vitest';
import { createAuthorize } from '../../../../src/auth/authorize.ts';
import { RequestRefused, type Authorize, type SignedRequest } from '../../../../src/auth/caller.ts';
import type { InvokeAuthorizer } from '../../../../src/auth/lambda-authorizer.ts';
import {
  createLocalIssuer,
  type LocalIssuer,
  type UserPoolIssuer,
} from '../../../../src/auth/local-issuer.ts';
import type { ApiModel, AuthMode } from '../../../../src/template/app-model.ts';

export const ACCOUNT_ID = '111122223333';
export const API_KEY = 'da2-localdevkey000000000000000';
export const CREDENTIALS = {
  accessKeyId: 'AKIALOCALDEVELOPMENT',
  secretAccessKey: 'local-development-secret',
};
export const POOL_ID = 'us-east-1_AbCdEfGhI';
export const CLIENT_ID = '1example23456789clientid01';

export const COGNITO: AuthMode = {
  type: 'AMAZON_COGNITO_USER_POOLS',
  userPoolId: POOL_ID,
  region: 'us-east-1',
  defaultAction: 'ALLOW',
};
export const IAM: AuthMode = { type: 'AWS_IAM' };
export const KEY: AuthMode = { type: 'API_KEY' };

export const apiModel = (authModes: AuthMode[], more: Partial<ApiModel> = {}): ApiModel => ({
  logicalId: 'Api',
  id: 'abcdefghijklmnopqrstuvwxyz',
  arn: `arn:aws:appsync:us-east-1:${ACCOUNT_ID}:apis/abcdefghijklmnopqrstuvwxyz`,
  name: 'api',
  schema: '',
  authModes,
  apiKeys: [{ logicalId: 'ApiKey', key: API_KEY }],
  environment: {},
  introspectionEnabled: true,
  queryDepthLimit: 0,
  resolverCountLimit: 0,
  dataSources: [],
  functions: [],
  resolvers: [],
  ...more,
});

/** A user pool with one client, its key made once for each test file. */
export const poolIssuer = (userPoolId = POOL_ID): Promise<UserPoolIssuer> =>
  createLocalIssuer({
    userPool: { logicalId: 'Pool', userPoolId, clients: [{ logicalId: 'Client', clientId: CLIENT_ID }] },
    region: 'us-east-1',
  });

export const authorizeWith = (
  authModes: AuthMode[],
  more: {
    issuers?: LocalIssuer[];
    now?: () => number;
    api?: Partial<ApiModel>;
    invoke?: InvokeAuthorizer;
    log?: (line: string) => void;
  } = {},
): Authorize =>
  createAuthorize({
    api: apiModel(authModes, more.api),
    accountId: ACCOUNT_ID,
    credentials: CREDENTIALS,
    issuers: more.issuers ?? [],
    invokeAuthorizer: more.invoke ?? (async () => ({ kind: 'failed', reason: 'there is none' })),
    log: more.log ?? (() => undefined),
    ...(more.now && { now: more.now }),
  });

export const request = (
  headers: SignedRequest['headers'],
  more: Partial<SignedRequest> = {},
): SignedRequest => ({
  method: 'POST',
  url: '/graphql',
  headers,
  body: '{"query":"{ itemKinds { kind } }"}',
  remoteAddress: '127.0.0.1',
  ...more,
});

/** What the promise is refused with, as a client would see it. */
export async function refusalOf(promise: Promise<unknown>): Promise<[number, string, string]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RequestRefused) {
      return [error.status, error.errorType, error.message];
    }
    throw error;
  }
  throw new Error('was not refused');
}

export const MISSING = [401, 'UnauthorizedException', 'Valid authorization header not provided.'];
export const NOT_AUTHORIZED = [401, 'UnauthorizedException', 'You are not authorized to make this call.'];
export const UNPARSABLE = [401, 'UnauthorizedException', 'Unable to parse JWT token.'];
export const EXPIRED = [401, 'UnauthorizedException', 'Token has expired.'];
export const MISMATCH = [
  400,
  'BadRequestException',
  expect.stringMatching(/^The request signature we calculated does not match the signature you provided\. /),
];
