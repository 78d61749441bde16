import { expect, it } from 'vitest';
import { evaluate } from './harness/evaluate.ts';

const begin = (input: object) =>
  evaluate('Mutation.updateItem', { arguments: { input: { id: 'a', ...input } } });
const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`m${n}`, n]));

it('does not create', () => {
  expect(begin({ expectedVersion: 0 }).error).toMatchObject({
    errorType: 'BadRequest',
    errorInfo: { field: 'expectedVersion' },
  });
});

it('merges 150 members and no more', () => {
  expect(begin({ payload: members(150) }).error).toBeUndefined();
  expect(begin({ payload: members(151) }).error).toMatchObject({
    message: 'payload has 151 members to merge; at most 150 are allowed',
    errorInfo: { field: 'payload' },
  });
});

it('takes a longer list, which is not merged', () => {
  expect(begin({ payload: Array.from({ length: 500 }, () => 0) }).error).toBeUndefined();
});
