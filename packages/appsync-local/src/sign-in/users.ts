import { dropOldest } from './drop-oldest.ts';

/** Users whose groups are remembered. */
const MOST_USERS = 100;

/**
 * The users who have signed in on the page since the start, with the groups that they had last: the page offers them, and `InitiateAuth`, which
 * cannot ask for groups, gives them the same ones.
 */
export class SeenUsers {
  readonly #groups = new Map<string, string[]>();

  see(user: string, groups: string[]): void {
    this.#groups.delete(user);
    this.#groups.set(user, groups);
    dropOldest(this.#groups, MOST_USERS);
  }

  groupsOf(user: string): string[] {
    return this.#groups.get(user) ?? [];
  }

  /** The last one first. */
  names(): string[] {
    return [...this.#groups.keys()].reverse();
  }
}
