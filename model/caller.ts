import { isGiven } from './given.ts';

/** What the API's permissions need to know of a caller. */
export type Caller = {
  /** It reads and lists every item. */
  readsAll: boolean;
  /** It writes every item, and says whom an item is to belong to. */
  writesAll: boolean;
  /** It writes what is its own: a user the items it owns, a caller that owns none those that belong to nobody. */
  writesOwn: boolean;
  /** The Cognito user's `sub`, which is never reassigned; null for callers that own no items. */
  owner: string | null;
};

/** An authorization mode of AppSync as `util.authType()` names it. */
export type AuthType = 'API Key Authorization' | 'IAM Authorization' | 'User Pool Authorization';

/**
 * What callers of one kind may do. Whoever writes everything leaves what it creates to nobody, or says to whom it belongs: if such callers owned
 * what they create, a put over an item of nobody would take it. Whoever owns what it creates must be able to create.
 */
type Row = {
  authType: AuthType;
  /** Of the user pool, which `infra/users.ts` creates; null for callers in none of the groups above. */
  group: string | null;
  readsAll: boolean;
} & (
  | { writesAll: true; writesOwn: true; /** It owns what it creates. */ owns: false }
  | { writesAll: false; writesOwn: true; owns: boolean }
  | { writesAll: false; writesOwn: false; owns: false }
);

/**
 * Who may do what. The first row that fits a caller applies, so a group stands above the row of users without one. IAM callers are trusted by
 * their policies. A group that reads everything and writes nothing would be one more row, below `admins`:
 * `{ authType: 'User Pool Authorization', group: 'auditors', readsAll: true, writesAll: false, writesOwn: false, owns: false }`.
 */
const ROWS: Row[] = [
  {
    authType: 'IAM Authorization',
    group: null,
    readsAll: true,
    writesAll: true,
    writesOwn: true,
    owns: false,
  },
  {
    authType: 'User Pool Authorization',
    group: 'admins',
    readsAll: true,
    writesAll: true,
    writesOwn: true,
    owns: false,
  },
  {
    authType: 'User Pool Authorization',
    group: null,
    readsAll: false,
    writesAll: false,
    writesOwn: true,
    owns: true,
  },
  {
    authType: 'API Key Authorization',
    group: null,
    readsAll: false,
    writesAll: false,
    writesOwn: true,
    owns: false,
  },
];

/**
 * The caller of a request; null for one that no row is for, who may do nothing, and for a user without a name.
 *
 * @param authType as `util.authType()` says
 * @param sub of a user; null for others
 * @param groups that the user is in
 */
export function callerFor(authType: string, sub: string | null, groups: string[]): Caller | null {
  const [row] = ROWS.filter(
    (one) => one.authType === authType && (!isGiven(one.group) || groups.indexOf(one.group) >= 0),
  );
  if (!row || (row.owns && !sub)) {
    return null;
  }
  return {
    readsAll: row.readsAll,
    writesAll: row.writesAll,
    writesOwn: row.writesOwn,
    owner: row.owns ? sub : null,
  };
}

/** A kind of caller: an authorization mode, and a group of the user pool or none. */
export type CallerKind = Pick<Row, 'authType' | 'group' | 'readsAll' | 'writesAll' | 'writesOwn'>;

/** All kinds of callers that may do anything. */
export function callerKinds(): CallerKind[] {
  return ROWS;
}

/** Text that tells callers of different rights apart. */
export function callerKey({ readsAll, owner }: Caller): string {
  const own = `owner:${owner ?? ''}`;
  if (!readsAll) {
    return own;
  }
  return isGiven(owner) ? `all ${own}` : 'all';
}
