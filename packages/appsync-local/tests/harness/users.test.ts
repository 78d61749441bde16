import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import type { ApiTarget, UserCredentials } from './target.ts';
import { identifyUsers } from './users.ts';

const token = (username: string, more: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({ sub: `sub of ${username}`, username, exp: 4_000_000_000, ...more })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.alloc(32));

const admins = { 'cognito:groups': ['admins'] };

/** A target that has these tokens by user. */
const having = (tokens: Record<string, Promise<string>>): ApiTarget =>
  ({
    headersFor: async ({ user }: UserCredentials) => {
      if (!(user in tokens)) {
        throw new Error(`set API_TOKEN_${user.toUpperCase()}`);
      }
      return { authorization: await tokens[user]! };
    },
  }) as unknown as ApiTarget;

const good = {
  alice: token('alice'),
  bob: token('bob'),
  carol: token('carol'),
  admin: token('root', admins),
};

it('tells who the users are by their tokens, access or ID tokens', async () => {
  const alice = token('', { sub: 'uuid', username: undefined, 'cognito:username': 'alice' });

  const users = await identifyUsers(having({ ...good, alice }));

  expect(users.alice).toEqual({ sub: 'uuid', username: 'alice', groups: [] });
  expect(users.admin).toEqual({ sub: 'sub of root', username: 'root', groups: ['admins'] });
});

it('says at once which tokens are missing, are none, or have expired', async () => {
  const bob = Promise.resolve('not-a-token-at-all');
  const carol = token('carol', { exp: 1 });
  const { admin } = good;

  await expect(identifyUsers(having({ bob, carol, admin }))).rejects.toThrow(
    [
      'set API_TOKEN_ALICE',
      'API_TOKEN_BOB holds no token: "not-a-token-…"',
      'the token in API_TOKEN_CAROL has expired: make new ones',
    ].join('\n'),
  );
});

it('says which tokens are of the wrong users', async () => {
  const wrong = { ...good, bob: good.alice, carol: token('carol', admins), admin: token('root') };

  await expect(identifyUsers(having(wrong))).rejects.toThrow(
    [
      'API_TOKEN_BOB is of the same user as API_TOKEN_ALICE',
      'carol of API_TOKEN_CAROL must not be in the group admins',
      'root of API_TOKEN_ADMIN must be in the group admins',
    ].join('\n'),
  );
});
