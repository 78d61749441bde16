import { expect, it } from 'vitest';
import { EVERYTHING } from './callers.ts';
import { evaluate, NOW } from './evaluate.ts';

it('names the file that does not exist', () => {
  expect(() => evaluate('Query.none')).toThrow('there is no resolvers/Query.none.ts; there are Mutation.');
});

it('refuses a context that EvaluateCode would refuse', () => {
  expect(() => evaluate('Query.getItem', { identity: { who: 'me' } })).toThrow(
    'failed validation: ctx.identity',
  );
});

it('keeps nothing of one evaluation in the next', () => {
  const context = { arguments: { input: { id: 'a' } }, stash: { mine: 1 } };

  const first = evaluate('Mutation.putItem', context);
  const second = evaluate('Mutation.putItem', { arguments: { input: { id: 'b' } } });

  expect(first.stash).toMatchObject({ mine: 1, id: 'a' });
  expect(second.stash).not.toHaveProperty('mine');
  expect(context.stash).toEqual({ mine: 1 });
});

it('stops the clock', () => {
  const { result } = evaluate('pipeline/read-items-page', {
    stash: {
      done: false,
      limit: 1,
      items: [],
      source: { filter: { expression: 'f', names: {}, values: {} } },
    },
  });
  const update = evaluate('pipeline/put-item', {
    arguments: { input: { id: 'a' } },
    stash: { id: 'a', caller: EVERYTHING, expectedVersion: null, phase: 'write' },
  });

  expect(result).toMatchObject({ operation: 'Scan' });
  expect(update.result).toMatchObject({
    update: { expressionValues: { ':time': { S: new Date(NOW).toISOString() } } },
  });
});
