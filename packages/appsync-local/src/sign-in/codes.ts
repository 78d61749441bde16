import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from './authorization-request.ts';
import { dropOldest } from './drop-oldest.ts';
import type { SignIn } from './sessions.ts';

/** What a code stands for. */
export interface Grant {
  request: AuthorizationRequest;
  signIn: SignIn;
}

/** What a client shows to get the tokens of its code (RFC 6749 4.1.3, RFC 7636 4.5). */
export interface Redemption {
  clientId: string;
  redirectUri: string;
  verifier: string;
}

interface Kept extends Grant {
  expiresAt: number;
  isSpent: boolean;
  /** The session that it was redeemed for. */
  begun?: Promise<{ originJti: string }>;
}

/** Cognito's own (Cognito developer guide, "Token endpoint"). */
const LIFETIME_MS = 5 * 60_000;
/** Codes that are kept; each is a few kilobytes at most. */
const MOST_CODES = 200;
/** RFC 7636 4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/;

/** Authorization codes: each gets tokens once, for five minutes, and only for the client that asked, with its verifier. */
export class Codes {
  readonly #codes = new Map<string, Kept>();

  create(grant: Grant): string {
    const code = randomBytes(32).toString('base64url');
    this.#codes.set(code, { ...grant, expiresAt: Date.now() + LIFETIME_MS, isSpent: false });
    dropOldest(this.#codes, MOST_CODES);
    return code;
  }

  /**
   * Begins the session of a code. A failed try spends the code as well, so nobody can guess the verifier. A code that comes again ends the
   * session that it has begun, since one of both has stolen it (RFC 6749 4.1.2).
   *
   * @param begin the session; its origin is what `end` is given
   * @returns undefined when the code is not good for this client
   */
  async redeem<Begun extends { originJti: string }>(
    code: string,
    shown: Redemption,
    begin: (grant: Grant) => Promise<Begun>,
    end: (originJti: string) => void,
  ): Promise<Begun | undefined> {
    const kept = this.#codes.get(code);
    if (!kept || kept.expiresAt <= Date.now()) {
      this.#codes.delete(code);
      return undefined;
    }
    if (kept.isSpent) {
      await kept.begun?.then(({ originJti }) => end(originJti));
      return undefined;
    }
    kept.isSpent = true;
    if (!fits(kept.request, shown)) {
      return undefined;
    }
    const begun = begin(kept);
    kept.begun = begun;
    return begun;
  }
}

const fits = ({ client, redirectUri, challenge }: AuthorizationRequest, shown: Redemption): boolean =>
  shown.clientId === client.clientId &&
  shown.redirectUri === redirectUri &&
  VERIFIER.test(shown.verifier) &&
  createHash('sha256').update(shown.verifier).digest('base64url') === challenge;
