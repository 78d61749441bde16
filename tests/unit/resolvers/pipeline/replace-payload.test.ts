import { describe, expect, it } from 'vitest';
import { ALICE, ANYBODY } from '../harness/callers.ts';
import { explain, NOT_ALLOWED, respondTo } from '../harness/refused-write.ts';
import { CONDITION_FAILED, EXPIRED, stored, TRANSACTION_CONFLICT } from '../harness/stored.ts';

const step = 'pipeline/replace-payload';

it.each([
  ['a missing', null],
  ['an expired', stored({ expiresAt: EXPIRED })],
])('finds nothing to update in %s item', (_, current) => {
  expect(explain(step, current).error).toMatchObject({
    errorType: 'NotFound',
    message: 'there is no item a to update',
  });
});

it('replaces a payload that is no object, without the members to remove', () => {
  const { result } = explain(step, stored({ payload: 'text' }), {}, { payload: { n: 2, gone: null } });

  expect(result).toMatchObject({
    operation: 'UpdateItem',
    update: {
      expression: 'SET #version = #version + :one, #updatedAt = :time, #payload = :payload',
      expressionValues: { ':payload': { M: { n: { N: 2 } } } },
    },
    condition: {
      expression: expect.stringMatching(
        / AND attribute_exists\(#id\).* AND NOT attribute_type\(#payload, :map\)$/,
      ),
      expressionValues: { ':map': { S: 'M' } },
    },
  });
});

it.each([
  ['an object is merged in one write', { n: 2 }, { n: 1 }],
  ['any other value replaces in one write', 5, 'text'],
])('has nothing to explain where %s: somebody was faster', (_, payload, current) => {
  const { error } = explain(step, stored({ payload: current }), {}, { payload });

  expect(error).toMatchObject({ errorType: 'Conflict', errorInfo: { currentVersion: 3 } });
});

describe('when the item changes between the two writes', () => {
  it.each([ANYBODY, ALICE])("says nothing of an item that has become somebody else's to %j", (caller) => {
    const { error } = respondTo(step, CONDITION_FAILED, stored({ owner: 'bob' }), { caller });

    expect(error).toEqual(NOT_ALLOWED);
  });

  it('finds nothing to update in an item that has gone', () => {
    expect(respondTo(step, CONDITION_FAILED, null).error).toMatchObject({
      errorType: 'NotFound',
      data: null,
    });
  });

  it('hands back what the caller may read', () => {
    const { error } = respondTo(step, CONDITION_FAILED, stored({ owner: 'alice' }));

    expect(error).toMatchObject({ errorType: 'Conflict', data: stored({ owner: 'alice' }) });
  });

  it('is done once more while a transaction is under way on the item', () => {
    const { stash, error } = respondTo(step, TRANSACTION_CONFLICT, null);

    expect(error).toBeUndefined();
    expect(stash.phase).toBe('explain');
  });
});
