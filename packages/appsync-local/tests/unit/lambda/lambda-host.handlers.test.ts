import { expect, test } from 'vitest';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';
import { arnOf, lambdaFunction, lambdaModule, openHost } from './harness/lambda-function.ts';

const run = async (model: LambdaFunctionModel, event: unknown = {}) =>
  (await openHost([model])).invoke(arnOf('greet'), event);

test.each([
  ['index.js as CommonJS', { 'index.js': 'exports.handler = async () => typeof require;' }, 'function'],
  [
    'index.js as a module by package.json',
    {
      'index.js': 'await 0; export const handler = async () => typeof require;',
      'package.json': '{"type":"module"}',
    },
    'undefined',
  ],
  ['index.mjs', { 'index.mjs': 'export const handler = async () => typeof require;' }, 'undefined'],
  ['index.cjs', { 'index.cjs': 'exports.handler = async () => typeof require;' }, 'function'],
])('loads %s', async (_name, files, answer) => {
  const result = await run(lambdaFunction(files));

  expect(result).toEqual({ kind: 'answer', payload: answer });
});

test('is nobody’s main module, as on Lambda', async () => {
  const result = await run(
    lambdaFunction({ 'index.js': 'exports.handler = async () => typeof require.main;' }),
  );

  expect(result).toEqual({ kind: 'answer', payload: 'undefined' });
});

test('loads a handler of a nested file and a nested export', async () => {
  const files = { 'src/app/main.mjs': 'export const api = { run: async () => "nested" };' };

  const result = await run(lambdaFunction(files, { handler: 'src/app/main.api.run' }));

  expect(result).toEqual({ kind: 'answer', payload: 'nested' });
});

test.each([
  [
    'there is no such file',
    { 'other.js': '' },
    'index.handler',
    'Runtime.ImportModuleError',
    /^Error: Cannot find module 'index'/,
  ],
  [
    'a required module is missing',
    { 'index.js': 'require("nothing")' },
    'index.handler',
    'Runtime.ImportModuleError',
    /^Error: Cannot find module 'nothing'\nRequire stack:\n- \/var\/task\/index\.js/,
  ],
  [
    'the code does not parse',
    { 'index.mjs': 'export const = 1' },
    'index.handler',
    'Runtime.UserCodeSyntaxError',
    /^SyntaxError: /,
  ],
  [
    'nothing is exported by that name',
    { 'index.mjs': 'export const handle = 1' },
    'index.handler',
    'Runtime.HandlerNotFound',
    /^index\.handler is undefined or not exported$/,
  ],
  [
    'the export is no function',
    { 'index.mjs': 'export const handler = {}' },
    'index.handler',
    'Runtime.HandlerNotFound',
    /^index\.handler is not a function$/,
  ],
  ['the handler has no dot', { 'index.mjs': '' }, 'index', 'Runtime.MalformedHandlerName', /^Bad handler$/],
  [
    'the handler leaves the task root',
    { 'index.mjs': '' },
    '../index.handler',
    'Runtime.MalformedHandlerName',
    /is not a valid handler name/,
  ],
])('refuses to run when %s', async (_why, files, handler, errorType, errorMessage) => {
  const result = await run(lambdaFunction(files, { handler }));

  expect(result).toEqual({
    kind: 'function-error',
    errorType,
    errorMessage: expect.stringMatching(errorMessage),
  });
});

test('takes the answer of a callback once nothing is left to do', async () => {
  const text = `let done = false;
    export const handler = (event, context, callback) => {
      callback(null, { get done() { return done; } });
      setTimeout(() => { done = true; }, 50);
    };`;

  const result = await run(lambdaModule(text));

  expect(result).toEqual({ kind: 'answer', payload: { done: true } });
});

test('takes the answer of a callback at once when it need not wait', async () => {
  const text = `export const handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, 'at once');
    };`;

  const result = await run(lambdaModule(text, { timeoutSeconds: 5 }));

  expect(result).toEqual({ kind: 'answer', payload: 'at once' });
});

test('takes the error of a callback', async () => {
  const result = await run(
    lambdaModule('export const handler = (e, c, callback) => callback(new Error("called"));'),
  );

  expect(result).toEqual({ kind: 'function-error', errorType: 'Error', errorMessage: 'called' });
});

test('answers null when a handler neither returns a promise nor calls back', async () => {
  const result = await run(lambdaModule('export const handler = () => "ignored";'));

  expect(result).toEqual({ kind: 'answer', payload: null });
});

test('refuses callback handlers from Node.js 24 on', async () => {
  const text = 'export const handler = (event, context, callback) => callback(null, 1);';

  const result = await run(lambdaModule(text, { runtime: 'nodejs24.x' }));

  expect(result).toMatchObject({ kind: 'function-error', errorType: 'Runtime.CallbackHandlerDeprecated' });
});

test('takes a value returned without a promise from Node.js 24 on', async () => {
  const result = await run(lambdaModule('export const handler = () => "taken";', { runtime: 'nodejs24.x' }));

  expect(result).toEqual({ kind: 'answer', payload: 'taken' });
});

test('answers null for undefined', async () => {
  const result = await run(lambdaModule('export const handler = async () => {};'));

  expect(result).toEqual({ kind: 'answer', payload: null });
});

test('hands over the context object', async () => {
  const text = `export const handler = async (event, context) => ({
      ...context, remaining: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID });`;
  const host = await openHost([lambdaModule(text, { memoryMb: 256, timeoutSeconds: 60 })]);

  const result = await host.invoke(arnOf('greet'), {});

  const { payload } = result as { payload: Record<string, unknown> };
  expect(payload).toMatchObject({
    functionName: 'greet',
    functionVersion: '$LATEST',
    invokedFunctionArn: arnOf('greet'),
    memoryLimitInMB: '256',
    awsRequestId: host.reports()[0]?.requestId,
    logGroupName: '/aws/lambda/greet',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
  });
  expect(payload['remaining']).toBeGreaterThan(30_000);
  expect(payload['remaining']).toBeLessThanOrEqual(60_000);
});

test('gives a function its own variables and none of the host', async () => {
  process.env['HOST_SECRET'] = 'visible';
  const model = lambdaModule('export const handler = async () => ({ ...process.env, cwd: process.cwd() });', {
    environment: { TABLE: 'items', ENDPOINT: 'from the template' },
  });
  const host = await openHost([model], { environment: { ENDPOINT: 'http://127.0.0.1:8000' } });

  const result = await host.invoke(arnOf('greet'), {});

  const { payload } = result as { payload: Record<string, string> };
  expect(payload).toMatchObject({
    TABLE: 'items',
    ENDPOINT: 'http://127.0.0.1:8000',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_FUNCTION_NAME: 'greet',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  expect(payload['LAMBDA_TASK_ROOT']).toBe(payload['cwd']);
  expect(Object.keys(payload)).not.toContain('HOST_SECRET');
  expect(Object.keys(payload)).not.toContain('HOME');
});

test('limits the heap by the memory size', async () => {
  const text = `import v8 from 'node:v8'; export const handler = async () => v8.getHeapStatistics().heap_size_limit / 1048576;`;

  const result = await run(lambdaModule(text, { memoryMb: 512 }));

  const { payload } = result as { payload: number };
  expect(payload).toBeGreaterThan(450);
  expect(payload).toBeLessThan(560);
});
