import { createHash, randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JWTPayload } from 'jose';
import { verifyToken } from '../auth/cognito.ts';
import { tokenUnparsable } from '../auth/refusals.ts';
import type { SignInClient, SignInPool } from './client.ts';
import { dropOldest } from './drop-oldest.ts';

/** What a client gets for a code, a password or a refresh token. */
export interface Tokens {
  accessToken: string;
  idToken?: string;
  /** Absent in an answer to a refresh token, which stays the same. */
  refreshToken?: string;
  /** Seconds that the access token is good for. */
  expiresIn: number;
}

/** Who has signed in, and to what. */
export interface SignIn {
  user: string;
  groups: string[];
  scopes: string[];
  /** Whether there is an ID token: with the scope `openid`, and always for the user pool's own API. */
  hasIdToken: boolean;
  /** Lifetime of access and ID tokens; null for the client's own. */
  seconds: number | null;
}

/** What a refresh token holds. */
interface Session extends SignIn {
  clientId: string;
  /** Epoch milliseconds of the sign-in. */
  beganAt: number;
  /** Shared by all tokens of the session (Cognito developer guide, "Revoking tokens"). */
  originJti: string;
}

const HOUR = 3600;
const MONTH = 30 * 86_400;
/** Revocations that are remembered, the newest ones. */
const MOST_REVOKED = 10_000;

/**
 * Gives tokens to those who have signed in, and new ones for their refresh tokens, which are sealed instead of kept: they stay good after a
 * restart of a server that keeps its data. A restart forgets revocations.
 */
export class Sessions {
  /** Origins of revoked sessions. */
  readonly #revoked = new Set<string>();
  /** By pool and user: sessions that began until then have ended, in epoch milliseconds. */
  readonly #signedOut = new Map<string, number>();

  /** @param nonce of the app, for the ID token */
  async begin(client: SignInClient, signIn: SignIn, nonce?: string): Promise<Tokens & { originJti: string }> {
    const { pool, rules, clientId } = client;
    const originJti = randomUUID();
    const session: Session = { ...signIn, clientId, beganAt: Date.now(), originJti };
    const seconds = rules?.refreshTokenSeconds ?? MONTH;
    const refreshToken = await pool.issuer.seal('refresh', { ...session }, seconds);
    return { ...(await this.#tokens(client, session, nonce)), refreshToken, originJti };
  }

  /** @returns undefined when the refresh token is not one of this client, has expired or was revoked */
  async refresh(client: SignInClient, refreshToken: string): Promise<Tokens | undefined> {
    const session = await this.#open(client, refreshToken);
    return session && this.#tokens(client, session);
  }

  /** Ends the session of a refresh token; anything else is left alone (RFC 7009 2.2). */
  async revoke(client: SignInClient, refreshToken: string): Promise<void> {
    const session = await this.#open(client, refreshToken);
    if (session) {
      this.end(session.originJti);
    }
  }

  /** Ends one session: its refresh token gets nothing any more, its other tokens stay good until they expire. */
  end(originJti: string): void {
    this.#revoked.add(originJti);
    dropOldest(this.#revoked, MOST_REVOKED);
  }

  /** Ends all sessions of a user. */
  signOut(pool: SignInPool, user: string): void {
    const name = nameOf(pool, user);
    this.#signedOut.delete(name);
    this.#signedOut.set(name, Date.now());
    dropOldest(this.#signedOut, MOST_REVOKED);
  }

  async #open(client: SignInClient, refreshToken: string): Promise<Session | undefined> {
    const content = await client.pool.issuer.unseal('refresh', refreshToken);
    const session = content as unknown as Session | undefined;
    return session?.clientId === client.clientId && !this.#isOver(client.pool, session) ? session : undefined;
  }

  #isOver(pool: SignInPool, { user, beganAt, originJti }: Session): boolean {
    return this.#revoked.has(originJti) || beganAt <= (this.#signedOut.get(nameOf(pool, user)) ?? 0);
  }

  async #tokens({ pool, rules }: SignInClient, session: Session, nonce?: string): Promise<Tokens> {
    const { user, groups, clientId, scopes, hasIdToken, seconds, beganAt, originJti } = session;
    const who = { user, groups, clientId };
    const common = { auth_time: Math.floor(beganAt / 1000), origin_jti: originJti };
    const expiresIn = seconds ?? rules?.accessTokenSeconds ?? HOUR;
    const accessToken = await pool.issuer.token({
      ...who,
      expiresInSeconds: expiresIn,
      claims: { ...common, scope: scopes.join(' '), version: 2 },
    });
    if (!hasIdToken) {
      return { accessToken, expiresIn };
    }
    const idToken = await pool.issuer.token({
      ...who,
      tokenUse: 'id',
      expiresInSeconds: seconds ?? rules?.idTokenSeconds ?? HOUR,
      claims: { ...common, at_hash: halfHash(accessToken), ...(nonce !== undefined && { nonce }) },
    });
    return { accessToken, idToken, expiresIn };
  }
}

const nameOf = ({ model }: SignInPool, user: string): string => `${model.userPoolId} ${user}`;

/** OpenID Connect Core 1.0, 3.1.3.6, for RS256. */
const halfHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

/**
 * The claims of an access token of the pool.
 *
 * @throws RequestRefused 401 for any other text
 */
export async function verifyAccessToken({ issuer }: SignInPool, token: string): Promise<JWTPayload> {
  const claims = await verifyToken(token, createLocalJWKSet(issuer.jwks()), issuer.issuer, Date.now());
  if (claims['token_use'] !== 'access') {
    throw tokenUnparsable();
  }
  return claims;
}
