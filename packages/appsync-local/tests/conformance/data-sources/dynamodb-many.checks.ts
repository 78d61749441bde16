import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ask, check, freshId, refusalOf, resultOf } from './ask.ts';
import { atOf, lineKey, linesOf, threeLines } from './lines.ts';
import { LINES, THINGS } from './names.ts';

const DG = 'AppSync developer guide, js-aws-appsync-resolver-reference-dynamodb';
const key = (id: string) => ({ id: { S: id } });

const batchChecks: Check[] = [
  check(
    'DSC-070',
    'BatchPutItem answers the items in order, and the unprocessed ones',
    `${DG}-batch-put-item`,
    'documented',
    async (api) => {
      const ids = [freshId(), freshId()];
      const tables = { [THINGS]: ids.map((id, n) => ({ ...key(id), n: { N: n } })) };
      assert.deepEqual(await resultOf(api, 'things', { operation: 'BatchPutItem', tables }), {
        data: { [THINGS]: ids.map((id, n) => ({ id, n })) },
        unprocessedItems: { [THINGS]: [] },
      });
    },
  ),
  check(
    'DSC-071',
    'BatchGetItem answers in the order of the keys, null for missing items',
    `${DG}-batch-get-item`,
    'documented',
    async (api) => {
      const id = await threeLines(api);
      const keys = [lineKey(id, '3'), lineKey(id, 'none'), lineKey(id, '1')];
      const projection = { expression: 'n' };
      const tables = { [LINES]: { keys, consistentRead: true, projection } };
      assert.deepEqual(await resultOf(api, 'lines', { operation: 'BatchGetItem', tables }), {
        data: { [LINES]: [{ n: 3 }, null, { n: 1 }] },
        unprocessedKeys: { [LINES]: [] },
      });
    },
  ),
  check(
    'DSC-072',
    'BatchDeleteItem answers the keys and deletes',
    `${DG}-batch-delete-item`,
    'documented',
    async (api) => {
      const id = await threeLines(api);
      const tables = { [LINES]: [lineKey(id, '1'), lineKey(id, '2')] };
      assert.deepEqual(await resultOf(api, 'lines', { operation: 'BatchDeleteItem', tables }), {
        data: {
          [LINES]: [
            { id, at: '1' },
            { id, at: '2' },
          ],
        },
        unprocessedKeys: { [LINES]: [] },
      });
      assert.deepEqual(atOf(await resultOf(api, 'lines', linesOf(id))), ['3']);
    },
  ),
  check(
    'DSC-073',
    'a batch may name tables other than the data source’s',
    `${DG}-batch-put-item`,
    'documented',
    async (api) => {
      const id = freshId();
      const tables = { [THINGS]: [key(id)], [LINES]: [lineKey(id, '1')] };
      const { data } = await resultOf(api, 'things', { operation: 'BatchPutItem', tables });
      assert.deepEqual(data, { [THINGS]: [{ id }], [LINES]: [{ id, at: '1' }] });
    },
  ),
  check(
    'DSC-074',
    'a key twice in one batch is an error',
    'DynamoDB API BatchGetItem',
    'documented',
    async (api) => {
      const tables = { [THINGS]: { keys: [key('a'), key('a')] } };
      const { error } = await ask(api, 'things', { operation: 'BatchGetItem', tables });
      assert.equal(error?.type, 'DynamoDB:DynamoDbException');
    },
  ),
  check(
    'DSC-075',
    'more than 25 items in a BatchPutItem are an error',
    `${DG}-batch-put-item`,
    'documented',
    async (api) => {
      const items = Array.from({ length: 26 }, () => key(freshId()));
      const { error } = await ask(api, 'things', { operation: 'BatchPutItem', tables: { [THINGS]: items } });
      assert.equal(error?.type, 'DynamoDB:DynamoDbException');
    },
  ),
  check(
    'DSC-076',
    'a batch that fails for one table answers the other part beside ctx.error',
    'AppSync developer guide, tutorial-dynamodb-batch-js',
    'documented',
    async (api) => {
      const id = freshId();
      await resultOf(api, 'things', { operation: 'PutItem', key: key(id) });
      const tables = { [THINGS]: { keys: [key(id)] }, NoSuchTable: { keys: [key(id)] } };
      const { result, error } = await ask(api, 'things', { operation: 'BatchGetItem', tables });
      assert.ok(error);
      assert.deepEqual(result.data, { [THINGS]: [{ id }], NoSuchTable: [null] });
    },
  ),
];

const transactionChecks: Check[] = [
  check(
    'DSC-080',
    'TransactGetItems answers items in order',
    `${DG}-transact-get-items`,
    'documented',
    async (api) => {
      const id = await threeLines(api);
      const transactItems = ['2', 'none'].map((at) => ({
        table: LINES,
        key: lineKey(id, at),
        projection: { expression: 'n' },
      }));
      assert.deepEqual(await resultOf(api, 'lines', { operation: 'TransactGetItems', transactItems }), {
        items: [{ n: 2 }, null],
        cancellationReasons: null,
      });
    },
  ),
  check(
    'DSC-081',
    'TransactWriteItems answers the keys and writes all',
    `${DG}-transact-write-items`,
    'documented',
    async (api) => {
      const [a, b, c] = [freshId(), freshId(), freshId()];
      for (const id of [b, c]) {
        await resultOf(api, 'things', { operation: 'PutItem', key: key(id) });
      }
      const update = { expression: 'SET n = :n', expressionValues: { ':n': { N: 1 } } };
      const transactItems = [
        { table: THINGS, operation: 'PutItem', key: key(a), attributeValues: { n: { N: 1 } } },
        { table: THINGS, operation: 'UpdateItem', key: key(b), update },
        { table: THINGS, operation: 'DeleteItem', key: key(c) },
      ];
      assert.deepEqual(await resultOf(api, 'things', { operation: 'TransactWriteItems', transactItems }), {
        keys: [{ id: a }, { id: b }, { id: c }],
        cancellationReasons: null,
      });
      const read = (id: string) =>
        resultOf(api, 'things', { operation: 'GetItem', key: key(id), consistentRead: true });
      assert.deepEqual(
        [await read(a), await read(b), await read(c)],
        [{ id: a, n: 1 }, { id: b, n: 1 }, null],
      );
    },
  ),
  check(
    'DSC-082',
    'a cancelled transaction has a reason for every item, and writes nothing',
    `${DG}-transact-write-items`,
    'documented',
    async (api) => {
      const { result, error, fresh, taken } = await cancelled(api);
      assert.equal(error?.type, 'DynamoDB:TransactionCanceledException');
      assert.deepEqual(result, {
        keys: null,
        cancellationReasons: [
          { type: 'None', message: 'None' },
          { item: { id: taken, n: 5 }, type: 'ConditionCheckFailed', message: 'The condition check failed.' },
        ],
      });
      assert.equal(
        await resultOf(api, 'things', { operation: 'GetItem', key: key(fresh), consistentRead: true }),
        null,
      );
    },
  ),
  check(
    'DSC-083',
    'returnValuesOnConditionCheckFailure false leaves the item out',
    `${DG}-transact-write-items`,
    'documented',
    async (api) => {
      const { result } = await cancelled(api, { returnValuesOnConditionCheckFailure: false });
      assert.deepEqual(result.cancellationReasons[1], {
        type: 'ConditionCheckFailed',
        message: 'The condition check failed.',
      });
    },
  ),
  check(
    'DSC-084',
    'the message of a cancelled transaction lists the reasons',
    `${DG}-transact-write-items`,
    'documented',
    async (api) => {
      const { error } = await cancelled(api);
      assert.match(error!.message, /\[None, ConditionalCheckFailed\]/);
    },
  ),
  check(
    'DSC-085',
    'a ConditionCheck without condition is refused',
    `${DG}-transact-write-items`,
    'documented',
    async (api) => {
      const transactItems = [{ table: THINGS, operation: 'ConditionCheck', key: key('a') }];
      const { errorType, message } = await refusalOf(api, 'things', {
        operation: 'TransactWriteItems',
        transactItems,
      });
      assert.deepEqual(
        [errorType, message],
        ['MappingTemplate', "Value for field '$[transactItems][0][condition]' not found."],
      );
    },
  ),
];

/** A transaction that would write one item and fails because the other is there. */
async function cancelled(api: ConformanceApi, more: object = {}) {
  const [fresh, taken] = [freshId(), freshId()];
  await resultOf(api, 'things', { operation: 'PutItem', key: key(taken), attributeValues: { n: { N: 5 } } });
  const condition = { expression: 'attribute_not_exists(id)', ...more };
  const transactItems = [
    { table: THINGS, operation: 'PutItem', key: key(fresh) },
    { table: THINGS, operation: 'PutItem', key: key(taken), condition },
  ];
  return { fresh, taken, ...(await ask(api, 'things', { operation: 'TransactWriteItems', transactItems })) };
}

/** Batches and transactions. */
export const dynamoDbManyChecks: Check[] = [...batchChecks, ...transactionChecks];
