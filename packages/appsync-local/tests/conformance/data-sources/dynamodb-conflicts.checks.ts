import assert from 'node:assert/strict';
import type { Check, ConformanceApi } from '../check.ts';
import { ask, check, freshId, resultOf } from './ask.ts';

const CONDITIONS =
  'AppSync developer guide, js-aws-appsync-resolver-reference-dynamodb-condition-expressions';
const FAILED = 'DynamoDB:ConditionalCheckFailedException';

/** A put that an item `{id, n: 1}` stands against, and whose conflict handler decides as told. */
async function decided(api: ConformanceApi, decide: string) {
  const id = freshId();
  const key = { id: { S: id } };
  await resultOf(api, 'things', { operation: 'PutItem', key, attributeValues: { n: { N: '1' } } });
  const conditionalCheckFailedHandler = { strategy: 'Custom', lambdaArn: 'CONFLICT_ARN' };
  const condition = { expression: 'attribute_not_exists(id)', conditionalCheckFailedHandler };
  const request = { operation: 'PutItem', key, attributeValues: { decide: { S: decide } }, condition };
  return { id, ...(await ask(api, 'things', request)) };
}

/** `conditionalCheckFailedHandler`. */
export const dynamoDbConflictChecks: Check[] = [
  check(
    'DSC-042',
    'a conflict handler that rejects gives error and current item',
    CONDITIONS,
    'documented',
    async (api) => {
      const { id, result, error } = await decided(api, 'reject');
      assert.equal(error?.type, FAILED);
      assert.deepEqual(result, { id, n: 1 });
    },
  ),
  check(
    'DSC-043',
    'a conflict handler that discards makes the write a success',
    CONDITIONS,
    'documented',
    async (api) => {
      const { id, result, error } = await decided(api, 'discard');
      assert.deepEqual({ result, error }, { result: { id, n: 1 }, error: null });
    },
  ),
  check(
    'DSC-044',
    'a conflict handler may retry with other attributes',
    CONDITIONS,
    'documented',
    async (api) => {
      const { id, result, error } = await decided(api, 'retry');
      assert.deepEqual({ result, error }, { result: { id, decided: 'again' }, error: null });
    },
  ),
  check('DSC-045', 'a retry that fails its condition is rejected', CONDITIONS, 'documented', async (api) => {
    const { id, result, error } = await decided(api, 'retry in vain');
    assert.equal(error?.type, FAILED);
    assert.deepEqual(result, { id, n: 1 });
  }),
  check(
    'DSC-046',
    'a conflict handler gets request, current item, field and arguments',
    CONDITIONS,
    'documented',
    async (api) => {
      const { id, result } = await decided(api, 'tell');
      const told = JSON.parse(result.told) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
      assert.deepEqual(told.currentValue, { id: { S: id }, n: { N: '1' } });
      assert.deepEqual(told.requestMapping.key, { id: { S: id } });
      assert.deepEqual(Object.keys(told).sort(), [
        'arguments',
        'currentValue',
        'identity',
        'requestMapping',
        'resolver',
      ]);
      assert.deepEqual(Object.keys(told.arguments), ['request']);
      const { parentType, field, outputType, tableName } = told.resolver;
      assert.deepEqual(
        { parentType, field, outputType, tableName },
        { parentType: 'Query', field: 'things', outputType: 'String', tableName: 'ConformanceThings' },
      );
    },
  ),
];
