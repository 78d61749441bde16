import { expect, it } from 'vitest';
import { alice } from './callers.ts';
import { evaluate } from './evaluate.ts';
import { BROKEN, EXPIRED, stored } from './stored.ts';

const env = { ITEMS_TABLE: 'items' };
const ask = (ids: string[]) => evaluate('Query.getItems', { arguments: { ids }, env });
const answer = (ids: string[], data: unknown[], unprocessed: unknown[] = []) =>
  evaluate(
    'Query.getItems',
    {
      arguments: { ids },
      env,
      identity: alice,
      result: { data: { items: data }, unprocessedKeys: { items: unprocessed } },
    },
    'response',
  );

it('reads each id once, in one batch', () => {
  const { result } = ask(['a', 'b', 'a', '__proto__']);

  expect(result).toEqual({
    operation: 'BatchGetItem',
    tables: {
      items: {
        keys: [{ id: { S: 'a' } }, { id: { S: 'b' } }, { id: { S: '__proto__' } }],
        consistentRead: true,
      },
    },
  });
});

it('asks nobody for no ids', () => {
  expect(ask([])).toMatchObject({ result: [], skipTo: 'NEXT' });
});

it('takes 100 ids and no more', () => {
  const ids = Array.from({ length: 101 }, (_, n) => `id ${n}`);

  expect(ask(ids.slice(1)).error).toBeUndefined();
  expect(ask(ids).error).toMatchObject({
    message: 'ids has 101 entries; at most 100 are allowed',
    errorInfo: { field: 'ids' },
  });
});

it('refuses a blank id among others', () => {
  expect(ask(['a', ' ']).error).toMatchObject({ message: 'id is required', errorInfo: { field: 'ids' } });
});

it('answers in the order of the ids, with null for what the caller may not see', () => {
  const a = stored({ id: 'a', owner: 'alice' });
  const b = stored({ id: 'b' });
  const data = [b, null, a, stored({ id: 'c', owner: 'bob' }), stored({ id: 'd', expiresAt: EXPIRED })];

  const { result } = answer(['a', 'none', 'b', 'c', 'd', 'a'], data);

  expect(result).toEqual([a, null, b, null, null, a]);
});

it('is throttled rather than incomplete', () => {
  expect(answer(['a'], [], [{ id: 'a' }]).error).toMatchObject({ errorType: 'Throttled' });
});

it('hides the cause of a failure', () => {
  const { error } = evaluate('Query.getItems', { arguments: { ids: ['a'] }, env, error: BROKEN }, 'response');

  expect(error).toMatchObject({ errorType: 'InternalError', message: 'internal error' });
});
