import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { InvokeLambda, LambdaResult } from '../../../../src/lambda/lambda-result.ts';
import { freshKey, startItems, type TestItems } from '../harness/items.ts';

let items: TestItems;
let conflictHandler: InvokeLambda;

beforeAll(
  async () => void (items = await startItems({ invokeLambda: (...call) => conflictHandler(...call) })),
);
afterAll(() => items.close());

const invoke = (request: unknown) => items.invoke(request);
const answered = (result: unknown) => ({ kind: 'answered', result, error: null });
const put = (key: object, attributeValues: object) => invoke({ operation: 'PutItem', key, attributeValues });
const get = (key: object) => invoke({ operation: 'GetItem', key, consistentRead: true });
const CONDITION_FAILED = expect.objectContaining({ type: 'DynamoDB:ConditionalCheckFailedException' });
const ABSENT = { expression: 'attribute_not_exists(id)' };
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:decide';
const HANDLER = { strategy: 'Custom', lambdaArn: ARN };
function decides(payload: unknown) {
  const spy = vi.fn<InvokeLambda>(() => Promise.resolve({ kind: 'answer', payload } as LambdaResult));
  conflictHandler = spy;
  return spy;
}
/** A put that is refused because its item is there, as `{id, n: 1}`. */
async function refusedPut(more: object = {}) {
  const key = freshKey();
  await put(key, { n: { N: 1 } });
  const request = {
    operation: 'PutItem',
    key,
    attributeValues: { n: { N: 2 } },
    condition: { ...ABSENT, conditionalCheckFailedHandler: HANDLER },
    ...more,
  };
  const outcome = await items.invoke(request, {
    field: 'Mutation.putThing',
    describe: () => ({ arguments: { id: 'x' }, identity: { sub: 'ann' }, outputType: 'Thing' }),
  });
  return { key, request, outcome };
}

test('the Lambda function learns what was asked, what is stored and by whom', async () => {
  const spy = decides({ action: 'reject' });

  const { key, request, outcome } = await refusedPut();

  const event = {
    arguments: { id: 'x' },
    requestMapping: request,
    currentValue: { ...key, n: { N: '1' } },
    resolver: {
      tableName: items.tableName,
      awsRegion: 'us-east-1',
      parentType: 'Mutation',
      field: 'putThing',
      outputType: 'Thing',
    },
    identity: { sub: 'ann' },
  };
  const cause = { by: 'Mutation.putThing', graphqlRequestId: undefined };
  expect(spy).toHaveBeenCalledExactlyOnceWith(ARN, event, 'RequestResponse', cause);
  expect(outcome).toEqual({ kind: 'answered', error: CONDITION_FAILED, result: { id: key.id.S, n: 1 } });
});

test('discard is a success with the current item', async () => {
  decides({ action: 'discard' });

  const { key, outcome } = await refusedPut();

  expect(outcome).toEqual(answered({ id: key.id.S, n: 1 }));
});

test('retry runs the new request on the same item', async () => {
  decides({ action: 'retry', retryMapping: { attributeValues: { n: { N: 3 } } } });

  const { key, outcome } = await refusedPut();

  expect(outcome).toEqual(answered({ id: key.id.S, n: 3 }));
  expect(await get(key)).toEqual(answered({ id: key.id.S, n: 3 }));
});

test('a retry that fails its condition is rejected without asking again', async () => {
  const spy = decides({
    action: 'retry',
    retryMapping: { attributeValues: { n: { N: 3 } }, condition: ABSENT },
  });

  const { key, outcome } = await refusedPut();

  expect(spy).toHaveBeenCalledTimes(1);
  expect(outcome).toEqual({ kind: 'answered', error: CONDITION_FAILED, result: { id: key.id.S, n: 1 } });
});

test('is not asked when the item is as it should be', async () => {
  const spy = decides({ action: 'reject' });

  const { key, outcome } = await refusedPut({ attributeValues: { n: { N: 1 } } });

  expect(spy).not.toHaveBeenCalled();
  expect(outcome).toEqual(answered({ id: key.id.S, n: 1 }));
});

test.each([
  [
    'another key',
    { action: 'retry', retryMapping: { key: { id: { S: 'y' } } } },
    "Unsupported element '$[retryMapping][key]'.",
  ],
  [
    'a handler of its own',
    { action: 'retry', retryMapping: { condition: { ...ABSENT, conditionalCheckFailedHandler: HANDLER } } },
    "Unsupported element '$[retryMapping][condition][conditionalCheckFailedHandler]'.",
  ],
  ['no mapping', { action: 'retry' }, "Value for field '$[retryMapping]' not found."],
])('refuses a retry with %s', async (_what, payload, message) => {
  decides(payload);

  const { outcome } = await refusedPut();

  expect(outcome).toEqual({ kind: 'refused', errorType: 'MappingTemplate', message });
});

test('tells an answer that is no decision', async () => {
  decides({ action: 'ponder' });

  const { outcome } = await refusedPut();

  expect(outcome).toMatchObject({ error: { message: expect.stringContaining('the action "ponder"') } });
});

test('passes on the failure of the Lambda function', async () => {
  conflictHandler = () =>
    Promise.resolve({ kind: 'function-error', errorType: 'Error', errorMessage: 'broken' });

  const { outcome } = await refusedPut();

  expect(outcome).toMatchObject({ error: { type: 'Lambda:Unhandled', message: 'broken' } });
});
