import { expect, it } from 'vitest';
import { alice, apiKey, iam } from './harness/callers.ts';
import { evaluate } from './harness/evaluate.ts';

const begin = (more: object, identity: unknown = iam) =>
  evaluate('Query.listItemsByKind', { identity, arguments: { kind: 'product', ...more } });

const source = (more: object, identity?: unknown) =>
  begin(more, identity).stash.source as { query: { values: object }; [name: string]: unknown };

it('queries one kind in the order of its last change', () => {
  expect(source({})).toMatchObject({
    index: 'byKind',
    scanIndexForward: true,
    query: {
      expression: '#key = :key AND #updatedAt BETWEEN :from AND :to',
      names: { '#key': 'kind', '#updatedAt': 'updatedAt' },
      values: {
        ':key': 'product',
        ':from': '0000',
        ':to': '9999-12-31T23:59:59.999Z',
      },
    },
  });
});

it('turns around for DESC', () => {
  expect(source({ sortDirection: 'DESC' }).scanIndexForward).toBe(false);
});

it.each([
  [{ ge: '2026-01-01T00:00:00Z' }, ':from', '2026-01-01T00:00:00.000Z'],
  [{ gt: '2026-01-01T00:00:00Z' }, ':from', '2026-01-01T00:00:00.001Z'],
  [{ ge: '2026-01-02T00:00:00Z', gt: '2026-01-01T00:00:00Z' }, ':from', '2026-01-02T00:00:00.000Z'],
  [{ le: '2026-01-01T01:00:00+01:00' }, ':to', '2026-01-01T00:00:00.000Z'],
  [{ lt: '2026-01-01T00:00:00Z' }, ':to', '2025-12-31T23:59:59.999Z'],
  [{ le: '2026-01-02T00:00:00Z', lt: '2026-01-01T00:00:00Z' }, ':to', '2025-12-31T23:59:59.999Z'],
])('reads updatedAt %j as the bound %s %s', (updatedAt, bound, expected) => {
  expect(source({ updatedAt }).query.values).toMatchObject({ [bound]: expected });
});

const LAST = '9999-12-31T23:59:59.999Z';
it.each<[object, string, string]>([
  // Finer than what is stored.
  [{ ge: '2026-01-01T00:00:00.1234Z' }, '2026-01-01T00:00:00.124Z', LAST],
  [{ gt: '2026-01-01T00:00:00.1234Z' }, '2026-01-01T00:00:00.124Z', LAST],
  [{ le: '2026-01-01T00:00:00.1234+00:00' }, '0000', '2026-01-01T00:00:00.123Z'],
  [{ lt: '2026-01-01T00:00:00.1234Z' }, '0000', '2026-01-01T00:00:00.123Z'],
  [{ lt: '2026-01-01T00:00:00.123000000Z' }, '0000', '2026-01-01T00:00:00.122Z'],
  [{ ge: '2026-01-01T00:00:00.123000Z' }, '2026-01-01T00:00:00.123Z', LAST],
  [{ ge: '1969-12-31T23:59:59.9991Z' }, '1970-01-01T00:00:00.000Z', LAST],
  // Beyond what is stored.
  [{ le: '9999-12-31T23:59:59-05:00' }, '0000', LAST],
  [{ lt: '+999999999-12-31T23:59:59Z' }, '0000', LAST],
  [{ lt: '+02026-01-01T00:00:00Z' }, '0000', '2025-12-31T23:59:59.999Z'],
  [{ ge: '-0001-01-01T00:00:00Z', le: null }, '0000', LAST],
  [{ gt: '0000-01-01T00:00:00+05:00' }, '0000', LAST],
  // Holds times, but none that is stored.
  [{ ge: '9999-12-31T23:59:59-05:00' }, ':', ':'],
  [{ gt: LAST }, ':', ':'],
  [{ ge: '2026-01-01T00:00:00.0001Z', le: '2026-01-01T00:00:00.0009Z' }, ':', ':'],
])('reads updatedAt %j as from %s to %s', (updatedAt, from, to) => {
  expect(source({ updatedAt }).query.values).toMatchObject({
    ':from': from,
    ':to': to,
  });
});

it('refuses a range that holds no time', () => {
  const { error } = begin({ updatedAt: { ge: '2026-01-02T00:00:00Z', lt: '2026-01-01T00:00:00Z' } });

  expect(error).toMatchObject({ errorType: 'BadRequest', errorInfo: { field: 'updatedAt' } });
});

it('refuses a blank kind', () => {
  expect(begin({ kind: ' ' }).error).toMatchObject({
    message: 'kind is required',
    errorInfo: { field: 'kind' },
  });
});

it.each([
  ["an API key sees nobody's", apiKey, ' AND attribute_not_exists(#owner)'],
  ['IAM sees all', iam, ''],
])('%s', (_, identity, clause) => {
  expect(source({}, identity)).toMatchObject({
    filter: { expression: `(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)${clause}` },
  });
});

it("reads a user's items of the kind among its own, never anybody else's", () => {
  expect(source({}, alice)).toMatchObject({
    index: 'byOwner',
    query: { names: { '#key': 'owner' }, values: { ':key': 'alice' } },
    filter: {
      expression: '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now) AND #kind = :kind',
      values: { ':kind': 'product' },
    },
  });
});

it('binds a token to kind, range, direction and caller', () => {
  const bindings = [
    begin({}),
    begin({ kind: 'country' }),
    begin({ sortDirection: 'DESC' }),
    begin({ updatedAt: { ge: '2026-01-01T00:00:00Z' } }),
    begin({}, alice),
  ].map(({ stash }) => stash.binding);

  expect(new Set(bindings).size).toBe(bindings.length);
});
