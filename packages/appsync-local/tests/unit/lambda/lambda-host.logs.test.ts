import { expect, test } from 'vitest';
import { arnOf, lambdaModule, openHost } from './harness/lambda-function.ts';

test('prints text lines with time, request id and level', async () => {
  const host = await openHost([
    lambdaModule('export const handler = async () => { console.warn("low %s", "stock", { n: 1 }); };'),
  ]);

  await host.invoke(arnOf('greet'), {});

  const requestId = host.reports()[0]?.requestId;
  const [line] = host.lines();
  expect(line?.split('\t')).toEqual([
    expect.stringMatching(/^\d{4}-.*Z$/),
    requestId,
    'WARN',
    'low stock { n: 1 }',
  ]);
});

test('prints JSON lines whose single object stays an object', async () => {
  const text = 'export const handler = async () => { console.info({ n: 1 }); console.debug("a", "b"); };';
  const host = await openHost([lambdaModule(text, { logFormat: 'JSON' })]);

  await host.invoke(arnOf('greet'), {});

  const requestId = host.reports()[0]?.requestId;
  const timestamp = expect.stringMatching(/Z$/);
  expect(host.lines().map((line) => JSON.parse(line))).toEqual([
    { timestamp, level: 'INFO', requestId, message: { n: 1 } },
    { timestamp, level: 'DEBUG', requestId, message: 'a b' },
  ]);
});

test('prints errors in JSON with type, message and stack', async () => {
  const text = `export const handler = async () => {
      console.error(new TypeError("one")); console.error("while", new TypeError("two")); };`;
  const host = await openHost([lambdaModule(text, { logFormat: 'JSON' })]);

  await host.invoke(arnOf('greet'), {});

  const [one, two] = host.lines().map((line) => JSON.parse(line) as Record<string, unknown>);
  const stackTrace = expect.arrayContaining([expect.stringContaining('at ')]);
  expect(one).toMatchObject({
    level: 'ERROR',
    message: { errorType: 'TypeError', errorMessage: 'one', stackTrace },
  });
  expect(two).toMatchObject({ level: 'ERROR', errorType: 'TypeError', errorMessage: 'two', stackTrace });
});

test('keeps a message of several lines in one entry', async () => {
  const host = await openHost([
    lambdaModule('export const handler = async () => { console.log("a\\nb"); };'),
  ]);

  await host.invoke(arnOf('greet'), {});

  expect(host.lines()).toEqual([expect.stringMatching(/\ta\nb$/)]);
});

test('names function, stream and invocation of every line', async () => {
  const text =
    'process.stderr.write("loading\\n"); export const handler = async () => { process.stdout.write("raw\\n"); };';
  const host = await openHost([lambdaModule(text)]);

  await host.invoke(arnOf('greet'), {});

  const requestId = host.reports()[0]?.requestId;
  expect(host.entries.slice(0, 2)).toEqual([
    { functionName: 'greet', stream: 'stderr', line: 'loading' },
    { functionName: 'greet', requestId, stream: 'stdout', line: 'raw' },
  ]);
});

test('names the GraphQL request that made the function run, also in its report', async () => {
  const host = await openHost([lambdaModule('export const handler = async () => { console.log("a"); };')]);

  await host.invoke(arnOf('greet'), {}, 'RequestResponse', { by: 'Query.a', graphqlRequestId: 'r-1' });
  await host.invoke(arnOf('greet'), {});

  expect(host.entries.map(({ stream, graphqlRequestId }) => [stream, graphqlRequestId])).toEqual([
    ['stdout', 'r-1'],
    ['report', 'r-1'],
    ['stdout', undefined],
    ['report', undefined],
  ]);
});

test('prints a circular object all the same', async () => {
  const text = 'export const handler = async () => { const a = {}; a.a = a; console.log(a); };';
  const host = await openHost([lambdaModule(text, { logFormat: 'JSON' })]);

  await host.invoke(arnOf('greet'), {});

  expect(JSON.parse(host.lines()[0] ?? '')).toMatchObject({ message: '<ref *1> { a: [Circular *1] }' });
});

test('says how to install a package of the AWS SDK that only Lambda has, once', async () => {
  const text = `export const handler = async () => { await import('@aws-sdk/client-moon'); };`;
  const host = await openHost([lambdaModule(text)]);

  await host.invoke(arnOf('greet'), {});
  await host.invoke(arnOf('greet'), {});

  expect(host.entries.filter(({ stream }) => stream === 'host')).toEqual([
    expect.objectContaining({
      functionName: 'greet',
      line: expect.stringMatching(
        /has @aws-sdk\/client-moon, .* npm install --save-dev @aws-sdk\/client-moon$/,
      ),
    }),
  ]);
});

test('gives no such advice about other packages', async () => {
  const host = await openHost([
    lambdaModule(`export const handler = async () => { await import('left-pad'); };`),
  ]);

  await host.invoke(arnOf('greet'), {});

  expect(host.entries.filter(({ stream }) => stream === 'host')).toEqual([]);
});
