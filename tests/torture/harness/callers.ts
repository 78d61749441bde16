import type { ApiTarget, Credentials } from '../../../packages/appsync-local/tests/harness/target.ts';
import { apiKey, iam, user } from '../../../packages/appsync-local/tests/harness/target.ts';

export type CallerName = 'key' | 'alice' | 'bob' | 'admin' | 'iam';

/** Who they are: "Permissions" in the README. */
const CREDENTIALS: Record<CallerName, Credentials> = {
  key: apiKey,
  alice: user('alice'),
  bob: user('bob'),
  admin: user('admin', 'admins'),
  iam,
};

/** Milliseconds for which a token is used; it is valid for an hour, and a run may take longer. */
const TOKEN_USE_MS = 600_000;

/** One of those who call an API. */
export class Caller {
  readonly name: CallerName;
  /** Whose its items are; null for those that belong to nobody. */
  readonly owner: string | null;
  /** Whether it may read and write everything. */
  readonly isUnrestricted: boolean;
  readonly #target: ApiTarget;
  #kept: { credentials: Credentials; until: number } | null = null;

  constructor(name: CallerName, target: ApiTarget) {
    this.name = name;
    this.owner = name === 'alice' || name === 'bob' ? name : null;
    this.isUnrestricted = name === 'admin' || name === 'iam';
    this.#target = target;
  }

  /** A user's token is asked for once in a while, not before every request. */
  async credentials(): Promise<Credentials> {
    const credentials = CREDENTIALS[this.name];
    if (credentials.mode !== 'user') {
      return credentials;
    }
    if (this.#kept === null || this.#kept.until < Date.now()) {
      const headers = await this.#target.headersFor(credentials, '');
      this.#kept = { credentials: { mode: 'raw', headers }, until: Date.now() + TOKEN_USE_MS };
    }
    return this.#kept.credentials;
  }
}

/** All of them, to one API. */
export const callersOf = (target: ApiTarget): Caller[] =>
  (Object.keys(CREDENTIALS) as CallerName[]).map((name) => new Caller(name, target));
