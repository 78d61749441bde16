import { expect, test } from 'vitest';
import { createNoneDataSource } from '../../../src/data-sources/none.ts';

const none = createNoneDataSource({ logicalId: 'None', name: 'local', type: 'NONE' });
const invocation = { field: 'Query.echo' };

test.each([
  ['an object', { payload: { a: 1 } }, { a: 1 }],
  ['a falsy scalar', { payload: 0 }, 0],
  ['false', { payload: false }, false],
  ['a list', { payload: [1] }, [1]],
  ['nothing', {}, null],
  ['a request that is a scalar', 'text', 'text'],
  ['a request that is null', null, null],
  ['a request that is undefined', undefined, null],
])('answers the payload: %s', async (_what, request, result) => {
  const outcome = await none.invoke(request, invocation);

  expect(outcome).toEqual({ kind: 'answered', result, error: null });
});
