import { findClient, type SignInClient, type SignInPool } from './client.ts';
import { allowedRedirect, withParameters } from './redirect-uri.ts';

/** What an app asks of the sign-in page: an authorization request with PKCE (RFC 6749 4.1.1, RFC 7636 4.3). */
export interface AuthorizationRequest {
  client: SignInClient;
  redirectUri: string;
  scopes: string[];
  /** Base64url of the SHA-256 of the verifier. */
  challenge: string;
  state?: string;
  nonce?: string;
  /** A user's name to begin with. */
  loginHint?: string;
}

export type JudgedRequest =
  | { kind: 'valid'; request: AuthorizationRequest }
  /** The app hears of it. */
  | { kind: 'back'; location: string }
  /** Nobody is sent anywhere: it is not known whether the app asked. */
  | { kind: 'refused'; reason: string };

/** RFC 6749 3.3. */
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;
/** What Cognito grants a request that names no scope, of a client that allows all. */
const USUAL_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];
/** RFC 7636 4.2: 43 characters of base64url are 256 bits. */
const CHALLENGE = /^[\w-]{43}$/;

/** Judges the parameters of `/oauth2/authorize` and `/login`: first where an answer may go, then everything else. */
export function judgeRequest(pools: readonly SignInPool[], query: URLSearchParams): JudgedRequest {
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) {
    return refused(`${repeated} is there more than once`);
  }
  const clientId = query.get('client_id') ?? '';
  const client = findClient(pools, clientId);
  if (!client) {
    return refused(`client_id is "${clientId}", which is not a user pool client of this app`);
  }
  const asked = query.get('redirect_uri') ?? '';
  const redirectUri = allowedRedirect(asked, client.rules?.callbackUrls ?? []);
  if (redirectUri === undefined) {
    return refused(
      `redirect_uri is "${asked}"; it must be an address of this machine, such as http://localhost:5173/, or one of the client's CallbackURLs`,
    );
  }
  return judgeRest(client, asked, redirectUri, query);
}

const refused = (reason: string): JudgedRequest => ({ kind: 'refused', reason });

function judgeRest(
  client: SignInClient,
  asked: string,
  redirectUri: string,
  query: URLSearchParams,
): JudgedRequest {
  const state = query.get('state') ?? undefined;
  const back = (error: string, error_description: string): JudgedRequest => ({
    kind: 'back',
    location: withParameters(redirectUri, { error, error_description, state }),
  });
  if (query.get('response_type') !== 'code') {
    return back('unsupported_response_type', 'response_type must be code');
  }
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('code_challenge_method') !== 'S256' || !CHALLENGE.test(challenge)) {
    return back('invalid_request', 'code_challenge and code_challenge_method=S256 (PKCE) are required');
  }
  if (query.get('prompt') === 'none') {
    return back('login_required', 'this server keeps no session: every sign-in asks');
  }
  const scopes = scopesOf(client, query.get('scope'));
  if (!scopes) {
    return back('invalid_scope', `scope must be some of ${client.rules?.scopes.join(' ')}`);
  }
  const nonce = query.get('nonce');
  const loginHint = query.get('login_hint');
  return {
    kind: 'valid',
    request: {
      ...{ client, redirectUri: asked, scopes, challenge },
      ...(state !== undefined && { state }),
      ...(nonce !== null && { nonce }),
      ...(loginHint !== null && { loginHint }),
    },
  };
}

/** @returns undefined for scopes that the client does not have */
function scopesOf({ rules }: SignInClient, text: string | null): string[] | undefined {
  const allowed = rules && rules.scopes.length > 0 ? rules.scopes : undefined;
  if (text === null || text === '') {
    return allowed ?? USUAL_SCOPES;
  }
  const scopes = text.split(' ');
  return SCOPES.test(text) && scopes.every((scope) => allowed?.includes(scope) ?? true) ? scopes : undefined;
}
