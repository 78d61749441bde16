import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../../harness/patience.ts';
import { arnOf, isAlive, lambdaModule, openHost } from './harness/lambda-function.ts';

test('passes on what a function throws, without its stack', async () => {
  const throws =
    'class OutOfStock extends Error { name = "OutOfStock" } export const handler = async () => { throw new OutOfStock("none left"); };';
  const host = await openHost([lambdaModule(throws)]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'function-error', errorType: 'OutOfStock', errorMessage: 'none left' });
  expect(host.lines().join()).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"OutOfStock".*"stack":\[/);
});

test('keeps the process of a function that threw', async () => {
  const host = await openHost([
    lambdaModule('let n = 0; export const handler = async () => { throw new Error(String(++n)); };'),
  ]);

  await host.invoke(arnOf('greet'), {});
  const second = await host.invoke(arnOf('greet'), {});

  expect(second).toEqual({ kind: 'function-error', errorType: 'Error', errorMessage: '2' });
});

test('reports a thrown value that is no error by its type', async () => {
  const host = await openHost([lambdaModule('export const handler = async () => { throw "plain"; };')]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'function-error', errorType: 'string', errorMessage: 'plain' });
});

test.each(['Object.create(null)', 'new Proxy({}, { get() { throw new Error("trap"); } })'])(
  'keeps the process of a function that threw %s, which cannot become text',
  async (thrown) => {
    const text = `let n = 0; export const handler = async (event) => { n += 1; if (n === 2) return n; throw ${thrown}; };`;
    const host = await openHost([lambdaModule(text)]);

    const first = await host.invoke(arnOf('greet'), {});
    const second = await host.invoke(arnOf('greet'), {});

    expect(first).toMatchObject({
      errorType: 'handled',
      errorMessage: expect.stringMatching(/^callback called with Error argument, but there was a problem/),
    });
    expect(second).toMatchObject({ kind: 'answer', payload: 2 });
  },
);

test('keeps the process of a function that ended its stdout and logs', async () => {
  const ends =
    'let n = 0; export const handler = async () => { process.stdout.end(); console.log("lost"); await new Promise((next) => setTimeout(next, 50)); return ++n; };';
  const host = await openHost([lambdaModule(ends)]);

  const first = await host.invoke(arnOf('greet'), {});
  const second = await host.invoke(arnOf('greet'), {});

  expect([first, second]).toMatchObject([{ payload: 1 }, { payload: 2 }]);
});

test('ends a function that runs out of time, and starts anew', async () => {
  const hangs = 'export const handler = async (wait) => { if (wait) for (;;); return process.pid; };';
  const host = await openHost([lambdaModule(hangs, { timeoutSeconds: 1 })]);
  const { payload: pid } = (await host.invoke(arnOf('greet'), false)) as { payload: number };

  const late = await host.invoke(arnOf('greet'), true);
  const next = await host.invoke(arnOf('greet'), false);

  const { requestId } = host.reports()[1] ?? {};
  expect(late).toEqual({
    kind: 'function-error',
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    timedOut: true,
  });
  expect(next).toMatchObject({ kind: 'answer' });
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), PATIENCE);
});

test('tells how a function that exits ended', async () => {
  const exits = 'export const handler = async (code) => { process.exit(code); };';
  const host = await openHost([lambdaModule(exits)]);

  const failed = await host.invoke(arnOf('greet'), 1);
  const silent = await host.invoke(arnOf('greet'), 0);

  const [first, second] = host.reports();
  expect(failed).toEqual({
    kind: 'function-error',
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${first?.requestId} Error: Runtime exited with error: exit status 1`,
  });
  expect(silent).toEqual({
    kind: 'function-error',
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${second?.requestId} Error: Runtime exited without providing a reason`,
  });
});

test('contains a function that uses up its memory', async () => {
  const grows =
    'export const handler = async (grow) => { const all = []; while (grow) all.push(new Array(1000).fill(grow)); return "fine"; };';
  const host = await openHost([lambdaModule(grows, { memoryMb: 64, timeoutSeconds: 20 })]);

  const grown = await host.invoke(arnOf('greet'), 1.5);
  const next = await host.invoke(arnOf('greet'), 0);

  expect(grown).toMatchObject({
    kind: 'function-error',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/^RequestId: [\w-]+ Error: Runtime exited with error: signal: \w+/),
  });
  expect(next).toEqual({ kind: 'answer', payload: 'fine' });
});

test('fails the invocation under way when nobody catches an error, then ends the process', async () => {
  const late =
    'export const handler = () => new Promise(() => setTimeout(() => { throw new TypeError("too late"); }, 10));';
  const host = await openHost([lambdaModule(late)]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'function-error', errorType: 'TypeError', errorMessage: 'too late' });
  expect(host.lines().join()).toContain('Uncaught Exception');
});

test('fails the invocation under way when nobody handles a rejection', async () => {
  const rejects =
    'export const handler = () => new Promise(() => { Promise.reject(new Error("unseen")); setTimeout(() => {}, 5000); });';
  const host = await openHost([lambdaModule(rejects)]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({
    kind: 'function-error',
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: unseen',
  });
});

test('fails an answer that is no JSON', async () => {
  const host = await openHost([lambdaModule('export const handler = async () => 10n;')]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toMatchObject({ kind: 'function-error', errorMessage: 'Unable to stringify response body' });
});

test('fails a promise that nothing can settle any more', async () => {
  const host = await openHost([
    lambdaModule('export const handler = async () => { await new Promise(() => {}); };'),
  ]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toMatchObject({ kind: 'function-error', errorType: 'Runtime.NodeJsExit' });
});

test('loads a slow function once more on the time of its invocation', async () => {
  const slow = 'await new Promise((r) => setTimeout(r, 600)); export const handler = async () => "loaded";';
  const host = await openHost([lambdaModule(slow, { timeoutSeconds: 15 })], {
    limits: { initTimeoutMs: 300 },
  });

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'answer', payload: 'loaded' });
});

test('runs out of time while loading', async () => {
  const never = 'for (;;); export const handler = () => {};';
  const host = await openHost([lambdaModule(never, { timeoutSeconds: 0.4 })], {
    limits: { initTimeoutMs: 400 },
  });
  const begun = performance.now();

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toMatchObject({
    kind: 'function-error',
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(/Task timed out after 0\.40 seconds$/),
    timedOut: true,
  });
  // Loaded twice, once on the time for loading and once on the invocation's; a timer may be a millisecond early.
  expect(performance.now() - begun).toBeGreaterThan(795);
});

test('fails when the module throws while loading', async () => {
  const host = await openHost([lambdaModule('throw new RangeError("no config");')]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'function-error', errorType: 'RangeError', errorMessage: 'no config' });
});

test('fails when the process ends while loading', async () => {
  const host = await openHost([lambdaModule('process.exit(7);')]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toMatchObject({
    kind: 'function-error',
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(
      /^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 7$/,
    ),
  });
});
