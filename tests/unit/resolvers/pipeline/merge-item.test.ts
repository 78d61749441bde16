import { expect, it } from 'vitest';
import { ALICE, EVERYTHING } from '../harness/callers.ts';
import { evaluate } from '../harness/evaluate.ts';
import { LATER } from '../harness/stored.ts';

interface UpdateItem {
  update: { expression: string; expressionNames: object; expressionValues: object };
  condition: { expression: string; expressionNames: object; expressionValues: object };
}

const merge = (input: object, stash: object = {}) =>
  evaluate('pipeline/merge-item', {
    arguments: { input: { id: 'a', ...input } },
    stash: { id: 'a', caller: EVERYTHING, expectedVersion: null, phase: 'write', ...stash },
  }).result as UpdateItem;

const COUNT = 'SET #version = #version + :one, #updatedAt = :time';

it('sets and removes the members of an object by their own paths', () => {
  const { update, condition } = merge({ payload: { n: 2, gone: null, deep: { x: null } } });

  expect(update).toMatchObject({
    expression: `${COUNT}, #payload.#m0 = :m0, #payload.#m2 = :m2 REMOVE #payload.#m1`,
    expressionNames: { '#payload': 'payload', '#m0': 'n', '#m1': 'gone', '#m2': 'deep' },
    expressionValues: { ':m0': { N: 2 }, ':m2': { M: { x: { NULL: null } } } },
  });
  expect(condition.expression).toMatch(/ AND attribute_type\(#payload, :map\)$/);
});

it.each([[5], [null], [[1]], ['text']])('replaces the payload with %j', (payload) => {
  const { update, condition } = merge({ payload });

  expect(update.expression).toBe(`${COUNT}, #payload = :payload`);
  expect(condition.expression).not.toContain('attribute_type');
});

it('leaves the payload alone when there is none in the input', () => {
  expect(merge({}).update.expression).toBe(COUNT);
});

it.each([
  [LATER, `${COUNT}, #expiresAt = :expiresAt`],
  [null, `${COUNT} REMOVE #expiresAt`],
])('takes the expiry %s', (expiresAt, expression) => {
  expect(merge({ expiresAt }).update.expression).toBe(expression);
});

it('changes an item that is there, has not expired, is not validated and is the caller’s', () => {
  const { condition } = merge({}, { caller: ALICE, expectedVersion: 4 });

  expect(condition.expression).toBe(
    [
      'attribute_not_exists(#kind)', // part: validated-items
      '(attribute_not_exists(#expiresAt) OR NOT #expiresAt <= :now)',
      '#version = :expectedVersion',
      'attribute_exists(#id)',
      '(attribute_not_exists(#id) OR #owner = :caller)',
    ].join(' AND '),
  );
});
