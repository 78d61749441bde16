import assert from 'node:assert/strict';
import type { ErrorEntry } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';
import { check } from './ask.ts';

const DG = 'AppSync developer guide, resolver-reference-lambda-js';
const TUTORIAL = 'AppSync developer guide, tutorial-lambda-resolvers-js';

/** One field of the numbers 0 … count - 1, and the errors. */
async function numbers(
  api: ConformanceApi,
  field: string,
  count: number,
): Promise<{ values: unknown[]; errors: ErrorEntry[] }> {
  const { data, errors = [] } = await api.graphql<{ numbers: { value: unknown }[] }, { ns: number[] }>(
    `query ($ns: [Int!]!) { numbers(ns: $ns) { value: ${field} } }`,
    { ns: Array.from({ length: count }, (_, n) => n) },
  );
  return { values: data!.numbers.map(({ value }) => value), errors };
}

const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value);

const GROUPS: [id: string, promise: string, field: string, source: string, values: unknown[]][] = [
  [
    'DSC-120',
    'BatchInvoke requests of one field are sent together, in order',
    'perItem',
    DG,
    ['0 of 0 1', null],
  ],
  ['DSC-121', 'a null member of the answer is a null', 'batched', DG, ['0 of 0 1 2', null, '2 of 0 1 2']],
  [
    'DSC-122',
    'more requests than maxBatchSize are split',
    'batched',
    DG,
    ['0 of 0 1 2', null, '2 of 0 1 2', '3 of 3 4', '4 of 3 4'],
  ],
  [
    'DSC-123',
    'without a maxBatchSize BatchInvoke sends five at a time',
    'byDefault',
    TUTORIAL,
    [...[0, 1, 2, 3, 4].map((n) => `${n} of 0 1 2 3 4`), '5 of 5'],
  ],
  [
    'DSC-124',
    'Invoke is never batched, even with a maxBatchSize',
    'single',
    DG,
    ['0 alone', '1 alone', '2 alone'],
  ],
  [
    'DSC-125',
    'an AppSync function batches by its own maxBatchSize',
    'inFunction',
    DG,
    ['0 of 0 1', '1 of 0 1', '2 of 2'],
  ],
  [
    'DSC-126',
    'a direct resolver without maxBatchSize is not batched',
    'directAlone',
    'AppSync developer guide, direct-lambda-reference',
    ['0 alone', '1 alone'],
  ],
  ['DSC-127', 'BatchInvoke with Event answers null to all', 'event', DG, ['null', 'null']],
  ['DSC-128', 'a batch of one is also a list', 'batched', DG, ['0 of 0']],
];

export const lambdaBatchChecks: Check[] = [
  ...GROUPS.map(([id, promise, field, source, expected]) =>
    check(id, promise, source, 'documented', async (api) => {
      const { values } = await numbers(api, field, expected.length);
      assert.deepEqual(values, expected);
    }),
  ),
  check('DSC-129', 'two aliases of a field are one batch', DG, 'inferred', async (api) =>
    assert.deepEqual(await api.graphql('{ a: number(n: 7) b: number(n: 8) }'), {
      data: { a: '7 of 7 8', b: '8 of 7 8' },
    }),
  ),
  check('DSC-130', 'two GraphQL requests are never one batch', DG, 'documented', async (api) => {
    const answers = await Promise.all([7, 8].map((n) => api.succeed(`{ number(n: ${n}) }`)));
    assert.deepEqual(answers, [{ number: '7 of 7' }, { number: '8 of 8' }]);
  }),
  check('DSC-131', 'two fields of one object are two batches', DG, 'documented', async (api) => {
    assert.deepEqual(await api.succeed('{ numbers(ns: [0, 2]) { batched byDefault } }'), {
      numbers: [0, 2].map((n) => ({ batched: `${n} of 0 2`, byDefault: `${n} of 0 2` })),
    });
  }),
  check('DSC-132', 'an exception fails every field of the batch', DG, 'documented', async (api) => {
    const { values, errors } = await numbers(api, 'thrown', 2);
    assert.deepEqual(values, [null, null]);
    assert.deepEqual(
      errors.map(({ errorType, message, path }) => [errorType, message, path]),
      [0, 1].map((n) => ['Lambda:Unhandled', 'no batch', ['numbers', n, 'value']]),
    );
  }),
  check(
    'DSC-133',
    'a member with an error is data for its own response handler',
    TUTORIAL,
    'documented',
    async (api) => {
      const { values, errors } = await numbers(api, 'perItem', 3);
      assert.deepEqual(values, ['0 of 0 1 2', null, '2 of 0 1 2']);
      assert.deepEqual(
        errors.map(({ errorType, message }) => [errorType, message]),
        [['Odd', 'odd 1']],
      );
    },
  ),
  check(
    'DSC-134',
    'an answer of another length fails every field of the batch',
    DG,
    'chosen',
    async (api) => {
      const { values, errors } = await numbers(api, 'short', 2);
      assert.deepEqual([values, errors.length], [[null, null], 2]);
    },
  ),
  check(
    'DSC-135',
    'an answer that is not a list fails every field of the batch',
    DG,
    'chosen',
    async (api) => {
      const { values, errors } = await numbers(api, 'noList', 2);
      assert.deepEqual([values, errors.length], [[null, null], 2]);
    },
  ),
  check(
    'DSC-136',
    'a direct batch uses data and error of each member',
    'AppSync developer guide, direct-lambda-reference',
    'documented',
    async (api) => {
      const { values, errors } = await numbers(api, 'direct', 3);
      assert.deepEqual(values, ['0 of 0 1 2', null, '2 of 0 1 2']);
      assert.deepEqual(
        errors.map(({ errorType, message, path }) => [errorType, message, path]),
        [['NotFound', 'gone', ['numbers', 1, 'value']]],
      );
    },
  ),
  check('DSC-137', 'a hundred requests keep their places', DG, 'documented', async (api) => {
    const { values } = await numbers(api, 'byDefault', 100);
    assert.deepEqual(
      values.map((value) => Number(String(value).split(' ')[0])),
      times(100, 0).map((_, n) => n),
    );
  }),
];
