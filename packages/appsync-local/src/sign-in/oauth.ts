import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';
import { headerText } from '../http/message.ts';
import { type AuthorizationRequest, judgeRequest } from './authorization-request.ts';
import { differencesFrom, findClient, type SignInClient, type SignInPool } from './client.ts';
import type { Codes } from './codes.ts';
import { refusalPage, signInPage } from './page.ts';
import { allowedRedirect, withParameters } from './redirect-uri.ts';
import { type Sessions, type Tokens, verifyAccessToken } from './sessions.ts';
import { parseForm } from './sign-in-form.ts';
import type { SeenUsers } from './users.ts';

/** What the endpoints share. */
export interface SignInState {
  pools: readonly SignInPool[];
  codes: Codes;
  sessions: Sessions;
  users: SeenUsers;
}

/** `GET /oauth2/authorize`: leads to the sign-in page, as on AWS. */
export const authorizeEndpoint =
  ({ pools }: SignInState): Handle =>
  async ({ url, query }) =>
    judged(pools, query, () => redirect(`/login?${url.slice(url.indexOf('?') + 1)}`));

/** `GET /login`: the sign-in page. There is no session that could sign somebody in silently. */
export const loginPage =
  ({ pools, users }: SignInState): Handle =>
  async ({ url, query }) =>
    judged(pools, query, (request) => signInPage(pageOf(request, users, url)));

/** `POST /login`: the form of the page. Sends the browser back to the app with a code. */
export const loginForm =
  ({ pools, users, codes }: SignInState): Handle =>
  async (http) => {
    if (!isFromThisPage(http)) {
      return refusalPage(403, 'Only the sign-in page of this server may sign somebody in');
    }
    const form = parseForm(await http.body());
    return judged(pools, http.query, (request) => {
      if (typeof form === 'string') {
        return signInPage({ ...pageOf(request, users, http.url), problem: form });
      }
      const { redirectUri, state, scopes } = request;
      if (form.isCancelled) {
        const error = { error: 'access_denied', error_description: 'The user cancelled the sign-in' };
        return redirect(withParameters(redirectUri, { ...error, state }));
      }
      const { user, groups, seconds } = form;
      users.see(user, groups);
      const signIn = { user, groups, scopes, seconds, hasIdToken: scopes.includes('openid') };
      return redirect(withParameters(redirectUri, { code: codes.create({ request, signIn }), state }));
    });
  };

/** `POST /oauth2/token`: tokens for a code, or for a refresh token. */
export const tokenEndpoint =
  ({ pools, codes, sessions }: SignInState): Handle =>
  async (http) => {
    const { fields, client } = await clientRequest(pools, http);
    if (!client) {
      return failure('invalid_client', 'client_id names none of the user pool clients');
    }
    const grantType = fields.get('grant_type');
    if (grantType === 'authorization_code') {
      const tokens = await redeem({ codes, sessions }, client, fields);
      return tokens
        ? json(bodyOf(tokens))
        : failure('invalid_grant', 'the code is not valid for this request');
    }
    if (grantType === 'refresh_token') {
      const tokens = await sessions.refresh(client, fields.get('refresh_token') ?? '');
      return tokens ? json(bodyOf(tokens)) : failure('invalid_grant', 'the refresh token is no longer valid');
    }
    return failure('unsupported_grant_type', 'grant_type must be authorization_code or refresh_token');
  };

const redeem = (
  { codes, sessions }: Pick<SignInState, 'codes' | 'sessions'>,
  client: SignInClient,
  fields: URLSearchParams,
): Promise<Tokens | undefined> =>
  codes.redeem(
    fields.get('code') ?? '',
    {
      clientId: client.clientId,
      redirectUri: fields.get('redirect_uri') ?? '',
      verifier: fields.get('code_verifier') ?? '',
    },
    ({ request, signIn }) => sessions.begin(client, signIn, request.nonce),
    (originJti) => sessions.end(originJti),
  );

/** `POST /oauth2/revoke`: ends the session of a refresh token. */
export const revokeEndpoint =
  ({ pools, sessions }: SignInState): Handle =>
  async (http) => {
    const { fields, client } = await clientRequest(pools, http);
    if (!client) {
      return failure('invalid_client', 'client_id names none of the user pool clients');
    }
    await sessions.revoke(client, fields.get('token') ?? '');
    return { status: 200, headers: NOT_STORED, body: '' };
  };

/** `GET /oauth2/userInfo`: who an access token is for. */
export const userInfoEndpoint =
  ({ pools }: SignInState): Handle =>
  async (http) => {
    const token = (headerText(http, 'authorization') ?? '').replace(/^Bearer\s+/i, '');
    for (const pool of pools) {
      const claims = await verifyAccessToken(pool, token).catch(() => undefined);
      if (String(claims?.['scope']).split(' ').includes('openid')) {
        return json({ sub: claims?.sub, username: claims?.['username'] });
      }
    }
    const headers = { ...NOT_STORED, 'WWW-Authenticate': 'error="invalid_token"' };
    return { status: 401, headers, body: JSON.stringify({ error: 'invalid_token' }) };
  };

/** `GET /logout`: goes back to the app, or on to a new sign-in. There is no session to end here; the app revokes its refresh token. */
export const logoutEndpoint =
  ({ pools }: SignInState): Handle =>
  async ({ url, query }) => {
    const client = findClient(pools, query.get('client_id') ?? '');
    if (!client) {
      return refusalPage(400, 'client_id names none of the user pool clients');
    }
    const asked = query.get('logout_uri');
    if (asked === null) {
      return judged(pools, query, () => redirect(`/login?${url.slice(url.indexOf('?') + 1)}`));
    }
    const target = allowedRedirect(asked, client.rules?.logoutUrls ?? []);
    return target === undefined
      ? refusalPage(
          400,
          `logout_uri is "${asked}"; it must be an address of this machine or one of the client's LogoutURLs`,
        )
      : redirect(target);
  };

function judged(
  pools: readonly SignInPool[],
  query: URLSearchParams,
  answer: (request: AuthorizationRequest) => HttpResponse,
): HttpResponse {
  const found = judgeRequest(pools, query);
  switch (found.kind) {
    case 'valid':
      return answer(found.request);
    case 'back':
      return redirect(found.location);
    case 'refused':
      return refusalPage(400, found.reason);
  }
}

const pageOf = (
  { client, redirectUri, loginHint }: AuthorizationRequest,
  users: SeenUsers,
  action: string,
) => ({
  target: targetOf(redirectUri),
  userPoolId: client.pool.model.userPoolId,
  groups: client.pool.model.groups ?? [],
  users: users.names(),
  ...(loginHint !== undefined && { user: loginHint }),
  differences: differencesFrom(client, redirectUri),
  action,
});

/** `null` is the origin of schemes that are an app's own. */
function targetOf(redirectUri: string): string {
  const { origin, href } = new URL(redirectUri);
  return origin === 'null' ? href : origin;
}

/**
 * Whether the form was sent by this very page: browsers name the page in `Origin`, which no page can change. Another page of this machine, such as
 * a second app's, is not this one.
 */
function isFromThisPage(request: HttpRequest): boolean {
  const scheme = request.secure ? 'https' : 'http';
  const own = `${scheme}://${headerText(request, 'host') ?? ''}`.toLowerCase();
  return headerText(request, 'origin')?.toLowerCase() === own;
}

/** A client with a secret names itself in `Authorization` (RFC 6749 2.3.1); its secret is not checked. */
async function clientRequest(
  pools: readonly SignInPool[],
  http: HttpRequest,
): Promise<{ fields: URLSearchParams; client: SignInClient | undefined }> {
  const fields = new URLSearchParams(await http.body());
  const [, basic = ''] = /^Basic (\S+)$/i.exec(headerText(http, 'authorization') ?? '') ?? [];
  const [named = ''] = Buffer.from(basic, 'base64').toString().split(':');
  return { fields, client: findClient(pools, fields.get('client_id') ?? named) };
}

const bodyOf = ({ accessToken, idToken, refreshToken, expiresIn }: Tokens) => ({
  access_token: accessToken,
  id_token: idToken,
  refresh_token: refreshToken,
  expires_in: expiresIn,
  token_type: 'Bearer',
});

const NOT_STORED = { 'Content-Type': 'application/json;charset=UTF-8', 'Cache-Control': 'no-store' };

const json = (value: object): HttpResponse => ({
  status: 200,
  headers: { ...NOT_STORED },
  body: JSON.stringify(value),
});

/** RFC 6749 5.2. */
const failure = (error: string, error_description: string): HttpResponse => ({
  status: 400,
  headers: { ...NOT_STORED },
  body: JSON.stringify({ error, error_description }),
});

const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { Location: location, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
  body: '',
});
