import { expect, it } from 'vitest';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../../../model/input.ts';
import { admin, alice, apiKey, iam } from './harness/callers.ts';
import { evaluate, NOW } from './harness/evaluate.ts';

const begin = (identity: unknown, more: object = {}) =>
  evaluate('Query.listItems', { identity, arguments: { ...more } });

const NOT_EXPIRED = '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)';
const now = NOW / 1000;

it.each([
  ['IAM', iam],
  ['an admin', admin],
])('scans every item for %s', (_, identity) => {
  const { stash } = begin(identity);

  expect(stash.source).toEqual({
    filter: {
      expression: NOT_EXPIRED,
      names: { '#expiresAt': 'expiresAt' },
      values: { ':now': now },
    },
  });
});

it("scans nobody's items for an API key", () => {
  const { stash } = begin(apiKey);

  expect(stash.source).toEqual({
    filter: {
      expression: `${NOT_EXPIRED} AND attribute_not_exists(#owner)`,
      names: { '#expiresAt': 'expiresAt', '#owner': 'owner' },
      values: { ':now': now },
    },
  });
});

it("queries a user's own items", () => {
  const { stash } = begin(alice);

  expect(stash.source).toMatchObject({
    index: 'byOwner',
    query: {
      expression: '#key = :key AND #updatedAt BETWEEN :from AND :to',
      names: { '#key': 'owner', '#updatedAt': 'updatedAt' },
      values: { ':key': 'alice' },
    },
    filter: { expression: NOT_EXPIRED },
  });
});

it.each([
  [undefined, true],
  [null, true],
  ['ASC', true],
  ['DESC', false],
])("reads a user's items in the direction %s, and binds tokens to it", (sortDirection, scanIndexForward) => {
  const { stash } = begin(alice, { sortDirection });

  expect(stash.source).toMatchObject({ index: 'byOwner', scanIndexForward });
  expect(stash.binding === begin(alice).stash.binding).toBe(scanIndexForward);
});

it.each([
  ['IAM', iam],
  ['an admin', admin],
  ['an API key', apiKey],
])('takes no direction from %s, whose listing is a scan, and names the way out', (_, identity) => {
  const { error } = begin(identity, { sortDirection: 'DESC' });

  expect(error).toMatchObject({
    message: expect.stringMatching(/^sortDirection is DESC, .* a listing by an index$/),
    errorType: 'BadRequest',
    errorInfo: { code: 'sort_without_index', field: 'sortDirection' },
  });
  expect(begin(identity, { sortDirection: null }).error).toBeUndefined();
});

it.each([
  [undefined, DEFAULT_LIMIT],
  [null, DEFAULT_LIMIT],
  [1, 1],
  [MAX_LIMIT, MAX_LIMIT],
])('takes the limit %s as %i', (limit, expected) => {
  const { stash } = begin(iam, { limit });

  expect(stash).toMatchObject({ limit: expected, items: [], token: null, done: false });
});

it.each([0, -1, MAX_LIMIT + 1])('refuses the limit %i', (limit) => {
  const { error } = begin(iam, { limit });

  expect(error).toMatchObject({
    message: `limit is ${limit}; it must be from 1 to ${MAX_LIMIT}`,
    errorType: 'BadRequest',
    errorInfo: { field: 'limit' },
  });
});

/** What a page that ended with this token answers as `nextToken`. */
function tokenFor(identity: unknown, token: string | null) {
  const { stash } = begin(identity);
  const done = token === null;
  const { result } = evaluate('Query.listItems', { stash: { ...stash, token, done, items: [] } }, 'response');
  return (result as { nextToken: string | null }).nextToken;
}

it('ends with null when there is nothing more', () => {
  expect(tokenFor(iam, null)).toBeNull();
});

it('reads on from its own token', () => {
  const { stash } = begin(alice, { nextToken: tokenFor(alice, 'data source token') });

  expect(stash.token).toBe('data source token');
});

it.each([
  ["another caller's token", tokenFor(iam, 'data source token')],
  ['a token that is no token', 'meow'],
  ['base64 of something else', 'bWVvdw=='],
  ['base64 of other JSON', Buffer.from('{"token":"x"}').toString('base64')],
])('refuses %s', (_, nextToken) => {
  const { error } = begin(alice, { nextToken });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'nextToken' } });
});

it('adds a filter to its own, and binds tokens to it', () => {
  const filter = { payload: [{ path: 'size.width', gt: 5 }], not: { version: { eq: 1 } } };
  const { stash } = begin(iam, { filter });

  expect(stash.source).toEqual({
    filter: {
      expression: `${NOT_EXPIRED} AND (#f0.#f1.#f2 > :f0 AND NOT #f3 = :f1)`,
      names: {
        '#expiresAt': 'expiresAt',
        '#f0': 'payload',
        '#f1': 'size',
        '#f2': 'width',
        '#f3': 'version',
      },
      values: { ':now': now, ':f0': 5, ':f1': 1 },
    },
  });
  expect(stash.binding).not.toBe(begin(iam).stash.binding);
});

it("makes bounds on updatedAt part of a user's key condition", () => {
  const { stash } = begin(alice, { filter: { updatedAt: { ge: '2026-01-01T00:00:00Z' } } });

  expect(stash.source).toMatchObject({
    query: { values: { ':from': '2026-01-01T00:00:00.000Z' } },
    filter: { expression: NOT_EXPIRED },
  });
});
