import { describe, expect, it } from 'vitest';
import { callerFor, callerKey, callerKinds } from '../../../model/caller.ts';

const everything = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
const own = { readsAll: false, writesAll: false, writesOwn: true, owner: null };

describe('the caller of a request', () => {
  it.each([
    ['an API key', 'API Key Authorization', null, [], own],
    ['an IAM caller', 'IAM Authorization', null, [], everything],
    ['a user', 'User Pool Authorization', 'alice', [], { ...own, owner: 'alice' }],
    ['a user of some group', 'User Pool Authorization', 'alice', ['readers'], { ...own, owner: 'alice' }],
    ['an admin', 'User Pool Authorization', 'root', ['readers', 'admins'], everything],
  ])('%s', (_, authType, sub, groups, caller) => {
    expect(callerFor(authType, sub, groups)).toEqual(caller);
  });

  it.each([
    ['another authorization mode', 'AWS Lambda Authorization', 'alice', []],
    ['another mode with the group of admins', 'Open ID Connect Authorization', 'alice', ['admins']],
    ['an API key that says it is in the group of admins', 'API key', null, ['admins']],
    ['a user without a name', 'User Pool Authorization', null, []],
    ['a user with an empty name', 'User Pool Authorization', '', []],
  ])('is nobody for %s', (_, authType, sub, groups) => {
    expect(callerFor(authType, sub, groups)).toBeNull();
  });
});

it.each(callerKinds())('of $authType, group $group, has the rights of that row', (kind) => {
  const { authType, group, readsAll, writesAll, writesOwn } = kind;

  expect(callerFor(authType, 'somebody', group === null ? ['another'] : [group])).toMatchObject({
    readsAll,
    writesAll,
    writesOwn,
  });
});

it('tells callers of different rights apart', () => {
  const callers = [
    everything,
    { ...everything, owner: 'alice' },
    { ...everything, owner: 'bob' },
    own,
    { ...own, owner: 'alice' },
  ];

  expect(callers.map(callerKey)).toEqual([
    'all',
    'all owner:alice',
    'all owner:bob',
    'owner:',
    'owner:alice',
  ]);
});
