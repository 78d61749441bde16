import { decodeJwt, type JWTPayload } from 'jose';
import { tokenVariable } from './environment.ts';
import { type ApiTarget, user, type UserCredentials } from './target.ts';

/** Two ordinary users. */
export const alice = user('alice');
export const bob = user('bob');
/** A user whose items are those of `list-items.test.ts` alone, so that whole listings can be asserted. */
export const carol = user('carol');
/** Of `pages.test.ts` alone likewise. An API need not know it: bob stands in, and the length of pages is not asserted. */
export const dave = user('dave');
/** A member of the group `admins`. */
export const admin = user('admin', 'admins');

const USERS = { alice, bob, carol, admin };

/** Who a user is, by the token. */
export interface Identity {
  /** The owner of what the user creates: a UUID on AWS. */
  sub: string;
  username: string;
  groups: string[];
}

export type Users = Record<keyof typeof USERS, Identity>;

/**
 * Reads who the users are from their tokens.
 *
 * @throws Error that says everything that is wrong with the tokens
 */
export async function identifyUsers(target: ApiTarget): Promise<Users> {
  const answers = await Promise.allSettled(Object.values(USERS).map((caller) => identityOf(target, caller)));
  const problems = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [(answer.reason as Error).message] : [],
  );
  const identities = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const found = problems.length > 0 ? problems : mistaken(identities);
  if (found.length > 0) {
    throw new Error(found.join('\n'));
  }
  return Object.fromEntries(Object.keys(USERS).map((name, index) => [name, identities[index]])) as Users;
}

/** What the token says. @throws Error when there is none, it is none or it has expired */
async function identityOf(target: ApiTarget, caller: UserCredentials): Promise<Identity> {
  const { authorization = '' } = await target.headersFor(caller, '');
  const claims = claimsOf(authorization, tokenVariable(caller));
  if (claims.exp !== undefined && claims.exp * 1000 < Date.now()) {
    throw new Error(`the token in ${tokenVariable(caller)} has expired: make new ones`);
  }
  return {
    sub: String(claims.sub),
    username: String(claims['username'] ?? claims['cognito:username']),
    groups: (claims['cognito:groups'] ?? []) as string[],
  };
}

/** They are not verified here: that is for the API to do. */
function claimsOf(token: string, variable: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new Error(`${variable} holds no token: "${token.slice(0, 12)}…"`);
  }
}

/** Tokens of the wrong users. */
function mistaken(identities: Identity[]): string[] {
  const callers = Object.values(USERS);
  return identities.flatMap(({ sub, username, groups }, index) => {
    const name = tokenVariable(callers[index]!);
    const shouldBeAdmin = callers[index] === admin;
    const first = identities.findIndex((other) => other.sub === sub);
    return [
      ...(groups.includes('admins') === shouldBeAdmin
        ? []
        : [`${username} of ${name} must ${shouldBeAdmin ? '' : 'not '}be in the group admins`]),
      ...(first === index ? [] : [`${name} is of the same user as ${tokenVariable(callers[first]!)}`]),
    ];
  });
}
