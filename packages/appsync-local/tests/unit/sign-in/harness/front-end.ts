import { createHash, randomBytes } from 'node:crypto';
import { createLocalIssuer } from '../../../../src/auth/local-issuer.ts';
import { createAdmission } from '../../../../src/http/admission.ts';
import { memoryRequest, type MemoryRequestInit } from '../../../../src/http/memory-request.ts';
import type { HttpResponse } from '../../../../src/http/message.ts';
import { createHandler } from '../../../../src/http/router.ts';
import { createSignIn } from '../../../../src/sign-in/sign-in.ts';
import type { ClientSignInModel, UserPoolModel } from '../../../../src/template/app-model.ts';

export const POOL_ID = 'us-east-1_AbCdEfGhI';
export const CLIENT_ID = '1example23456789clientid01';
export const OTHER_CLIENT_ID = '1example23456789clientid02';
export const HERE = 'http://localhost:4000';
export const APP = 'http://localhost:5173/';

export const RULES: ClientSignInModel = {
  authFlows: ['REFRESH_TOKEN_AUTH', 'USER_SRP_AUTH'],
  oauthFlows: ['code'],
  scopes: ['openid', 'profile'],
  callbackUrls: ['https://app.example/back', 'myapp://callback', APP],
  logoutUrls: ['https://app.example/bye'],
  accessTokenSeconds: 3600,
  idTokenSeconds: 1800,
  refreshTokenSeconds: 86_400,
};

export const POOL: UserPoolModel = {
  logicalId: 'Pool',
  userPoolId: POOL_ID,
  clients: [CLIENT_ID, OTHER_CLIENT_ID].map((clientId) => ({ logicalId: clientId, clientId, signIn: RULES })),
  groups: ['admins', 'readers'],
  hasDomain: true,
};

/** The key is made once for each test file. */
const issuer = await createLocalIssuer({ userPool: POOL, region: 'us-east-1' });

/** A server with nothing but the sign-in. @param pool changes of the pool */
export function signInServer(pool: Partial<UserPoolModel> = {}) {
  const handle = createHandler({
    admit: createAdmission(),
    graphql: async () => ({ status: 200, headers: {}, body: '' }),
    console: async () => ({ status: 200, headers: {}, body: 'console' }),
    signIn: createSignIn([{ ...POOL, ...pool }], [issuer]),
    log: ({ error }) => {
      throw error;
    },
  });
  return (init: MemoryRequestInit): Promise<HttpResponse> => handle(memoryRequest(init));
}

export type Server = ReturnType<typeof signInServer>;

const base64url = (bytes: Buffer): string => bytes.toString('base64url');
export const VERIFIER = base64url(randomBytes(48));
export const CHALLENGE = base64url(createHash('sha256').update(VERIFIER).digest());

/** An authorization request that is right, with changes; null leaves a parameter out. */
export function authorization(changes: Record<string, string | null> = {}): string {
  const parameters = {
    client_id: CLIENT_ID,
    redirect_uri: APP,
    response_type: 'code',
    scope: 'openid profile',
    state: 'a state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter(([, value]) => value !== null) as [string, string][];
  return new URLSearchParams(given).toString();
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends the form of the sign-in page, as a browser does. */
export const submit = (
  server: Server,
  fields: Record<string, string>,
  changes: Record<string, string | null> = {},
  headers: Record<string, string> = { origin: HERE },
): Promise<HttpResponse> =>
  server({
    path: `/login?${authorization(changes)}`,
    headers: { ...FORM, ...headers },
    body: new URLSearchParams(fields).toString(),
  });

/** What a redirect tells the app. */
export function told(response: HttpResponse): Record<string, string> {
  const { origin, pathname, searchParams } = new URL(response.headers['Location'] ?? 'about:blank');
  return { to: `${origin}${pathname}`, ...Object.fromEntries(searchParams) };
}

/** A code for the app. */
export async function codeFor(
  server: Server,
  fields: Record<string, string> = { user: 'alice' },
  changes: Record<string, string | null> = {},
): Promise<string> {
  return told(await submit(server, fields, changes))['code']!;
}

export interface TokenAnswer {
  access_token: string;
  id_token: string;
  refresh_token: string;
  expires_in: number;
  error?: string;
}

/** Asks the token endpoint. */
export async function tokens(
  server: Server,
  fields: Record<string, string>,
): Promise<TokenAnswer & { status: number }> {
  const body = new URLSearchParams(fields).toString();
  const response = await server({
    path: '/oauth2/token',
    headers: { ...FORM, origin: 'http://localhost:5173' },
    body,
  });
  return { status: response.status, ...(JSON.parse(String(response.body)) as TokenAnswer) };
}

export const redeem = (server: Server, code: string, changes: Record<string, string> = {}) =>
  tokens(server, {
    grant_type: 'authorization_code',
    code,
    client_id: CLIENT_ID,
    redirect_uri: APP,
    code_verifier: VERIFIER,
    ...changes,
  });

export const refresh = (server: Server, token: string, changes: Record<string, string> = {}) =>
  tokens(server, { grant_type: 'refresh_token', refresh_token: token, client_id: CLIENT_ID, ...changes });
