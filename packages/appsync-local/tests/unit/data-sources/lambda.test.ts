import { expect, test, vi } from 'vitest';
import { createLambdaDataSource, invokeDirect, invokeDirectBatch } from '../../../src/data-sources/lambda.ts';
import type { InvokeLambda, LambdaResult } from '../../../src/lambda/lambda-result.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:greet';
const invocation = { field: 'Query.greet', requestId: 'r-1' };
/** What whoever looks at invocations and log lines is told. */
const BY_FIELD = { by: 'Query.greet', graphqlRequestId: 'r-1' };

function dataSource(result: LambdaResult | Promise<LambdaResult>, waitMs?: number) {
  const invoke = vi.fn<InvokeLambda>(() => Promise.resolve(result));
  const model = {
    logicalId: 'Greet',
    name: 'greet',
    type: 'AWS_LAMBDA' as const,
    functionArn: ARN,
    invokedArn: ARN,
  };
  return { invoke, source: createLambdaDataSource(model, invoke, waitMs) };
}

const answer = (payload: unknown): LambdaResult => ({ kind: 'answer', payload });
const threw = (errorType: string, errorMessage: string): LambdaResult => ({
  kind: 'function-error',
  errorType,
  errorMessage,
});
const LATE: LambdaResult = {
  ...threw('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out'),
  timedOut: true,
} as LambdaResult;
const THROTTLED: LambdaResult = {
  kind: 'host-error',
  type: 'TooManyRequestsException',
  message: 'Rate Exceeded.',
};
const never = new Promise<LambdaResult>(() => {});

test('invokes the function with the payload itself', async () => {
  const { source, invoke } = dataSource(answer({ hello: 'ann' }));

  const outcome = await source.invoke({ operation: 'Invoke', payload: { name: 'ann' } }, invocation);

  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, { name: 'ann' }, 'RequestResponse', BY_FIELD);
  expect(outcome).toEqual({ kind: 'answered', result: { hello: 'ann' }, error: null });
});

test('sends null when there is no payload', async () => {
  const { source, invoke } = dataSource(answer(1));

  await source.invoke({ operation: 'Invoke' }, invocation);

  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, null, 'RequestResponse', BY_FIELD);
});

test('passes on the invocation type', async () => {
  const { source, invoke } = dataSource(answer(null));

  const outcome = await source.invoke(
    { operation: 'Invoke', payload: 1, invocationType: 'Event' },
    invocation,
  );

  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, 1, 'Event', BY_FIELD);
  expect(outcome).toEqual({ kind: 'answered', result: null, error: null });
});

test.each([
  ['no operation', { payload: 1 }, "Value for field '$[operation]' not found."],
  ['null', null, "Value for field '$[operation]' not found."],
  ['a list', [], "Value for field '$[operation]' not found."],
  ['a scalar', 'Invoke', "Value for field '$[operation]' not found."],
  ['an unknown member', { operation: 'Invoke', paylaod: 1 }, "Unsupported element '$[paylaod]'."],
  [
    'an unknown operation',
    { operation: 'Call' },
    "Unsupported operation 'Call'. A Lambda data source takes Invoke or BatchInvoke.",
  ],
  [
    'an unknown invocation type',
    { operation: 'Invoke', invocationType: 'DryRun' },
    "Unsupported value 'DryRun' for '$[invocationType]'. It is RequestResponse or Event.",
  ],
])('refuses a request that is or has %s', async (_what, request, message) => {
  const { source, invoke } = dataSource(answer(1));

  const outcome = await source.invoke(request, invocation);

  expect(outcome).toEqual({ kind: 'refused', errorType: 'MappingTemplate', message });
  expect(invoke).not.toHaveBeenCalled();
});

test.each([
  ['an exception', threw('MyError', 'no'), { type: 'Lambda:Unhandled', message: 'no' }],
  [
    'a time-out',
    LATE,
    {
      type: 'Lambda:ExecutionTimeoutException',
      message: 'Execution timed out.',
      unhandledErrorType: 'Sandbox.Timedout',
    },
  ],
  ['throttling', THROTTLED, { type: 'Lambda:TooManyRequestsException', message: 'Rate Exceeded.' }],
])('answers an error after %s', async (_what, result, error) => {
  const { source } = dataSource(result);

  const outcome = await source.invoke({ operation: 'Invoke', payload: 1 }, invocation);

  expect(outcome).toEqual({ kind: 'answered', result: null, error });
});

test('waits for an answer no longer than AppSync does', async () => {
  const { source } = dataSource(never, 10);

  const outcome = await source.invoke({ operation: 'Invoke', payload: 1 }, invocation);

  const error = {
    type: 'Lambda:ExecutionTimeoutException',
    message: 'Execution timed out.',
    unhandledErrorType: null,
  };
  expect(outcome).toEqual({ kind: 'answered', result: null, error });
});

test('sends a single BatchInvoke as a list of one and unwraps the answer', async () => {
  const { source, invoke } = dataSource(answer(['one']));

  const outcome = await source.invoke({ operation: 'BatchInvoke', payload: { id: 1 } }, invocation);

  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, [{ id: 1 }], 'RequestResponse', BY_FIELD);
  expect(outcome).toEqual({ kind: 'answered', result: 'one', error: null });
});

test('sends a batch in one invocation and answers in its order', async () => {
  const { source, invoke } = dataSource(answer(['one', null]));

  const outcomes = await source.batching.invoke(
    [
      { operation: 'BatchInvoke', payload: 1 },
      { payload: 'no operation' },
      { operation: 'BatchInvoke', payload: 2 },
    ],
    invocation,
  );

  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, [1, 2], 'RequestResponse', BY_FIELD);
  expect(outcomes).toEqual([
    { kind: 'answered', result: 'one', error: null },
    { kind: 'refused', errorType: 'MappingTemplate', message: "Value for field '$[operation]' not found." },
    { kind: 'answered', result: null, error: null },
  ]);
});

test('fails every request of a batch whose function threw', async () => {
  const { source } = dataSource(threw('Error', 'no'));

  const outcomes = await source.batching.invoke(
    [1, 2].map((payload) => ({ operation: 'BatchInvoke', payload })),
  );

  const error = { type: 'Lambda:Unhandled', message: 'no' };
  expect(outcomes).toEqual([1, 2].map(() => ({ kind: 'answered', result: null, error })));
});

test.each([
  [[1], 'a list of 1'],
  [{ 0: 1, 1: 2 }, 'no list'],
])('fails every request of a batch answered with %j', async (payload, found) => {
  const { source } = dataSource(answer(payload));

  const [first, second] = await source.batching.invoke(
    [1, 2].map((n) => ({ operation: 'BatchInvoke', payload: n })),
  );

  expect(first).toMatchObject({
    error: { message: expect.stringContaining(`answered ${found} to a batch of 2`) },
  });
  expect(second).toEqual(first);
});

test('invokes a direct resolver with the seven members of the context', async () => {
  const { invoke } = dataSource(answer('direct'));
  const context = {
    arguments: { id: '1' },
    stash: {},
    info: { fieldName: 'a' },
    request: {},
    env: { A: '1' },
    result: 1,
  };

  const outcome = await invokeDirect(invoke, ARN, context);

  const event = {
    arguments: { id: '1' },
    identity: null,
    source: null,
    request: {},
    prev: null,
    info: { fieldName: 'a' },
    stash: {},
  };
  expect(invoke).toHaveBeenCalledExactlyOnceWith(ARN, event, undefined, undefined);
  expect(outcome).toEqual({ kind: 'answered', result: 'direct', error: null });
});

test.each([
  ['its class', threw('OutOfStock', 'none left'), { type: 'OutOfStock', message: 'none left' }],
  [
    'the fixed message of UnauthorizedException',
    threw('UnauthorizedException', 'secret'),
    { type: 'UnauthorizedException', message: 'You are not authorized to make this call.' },
  ],
  [
    'the time-out',
    LATE,
    {
      type: 'Lambda:ExecutionTimeoutException',
      message: 'Execution timed out.',
      unhandledErrorType: 'Sandbox.Timedout',
    },
  ],
])('names an exception of a direct resolver by %s', async (_what, result, error) => {
  const { invoke } = dataSource(result);

  const outcome = await invokeDirect(invoke, ARN, {});

  expect(outcome).toEqual({ kind: 'answered', result: null, error });
});

test('takes data and errors apart in the answer to a direct batch', async () => {
  const { invoke } = dataSource(
    answer([
      { data: 1, extra: true },
      { data: null, errorMessage: 'gone', errorType: 'NotFound' },
      { data: 3, errorMessage: null },
    ]),
  );

  const outcomes = await invokeDirectBatch(invoke, ARN, [{}, {}, {}]);

  expect(outcomes).toEqual([
    { kind: 'answered', result: 1, error: null },
    { kind: 'answered', result: null, error: { type: 'NotFound', message: 'gone' } },
    { kind: 'answered', result: 3, error: null },
  ]);
});
