import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { missingSdkV2 } from '../../../src/lambda/runtime-packages.ts';
import { PATIENCE } from '../../harness/patience.ts';
import {
  arnOf,
  isAlive,
  lambdaFunction,
  lambdaModule,
  openHost,
  type TestHost,
} from './harness/lambda-function.ts';

const PID = 'export const handler = async () => process.pid;';

test('starts a process for the first invocation and uses it again', async () => {
  const host = await openHost([
    lambdaModule('let n = 0; export const handler = async () => [process.pid, ++n];'),
  ]);

  const first = await host.invoke(arnOf('greet'), {});
  const second = await host.invoke(arnOf('greet'), {});

  expect(first).toEqual({ kind: 'answer', payload: [expect.any(Number), 1] });
  expect(second).toEqual({ kind: 'answer', payload: [(first as { payload: number[] }).payload[0], 2] });
});

test('runs concurrent invocations in processes of their own', async () => {
  const slow = 'export const handler = () => new Promise((r) => setTimeout(r, 200, process.pid));';
  const host = await openHost([lambdaModule(slow)], { limits: { environmentsAtOnce: 3 } });

  const results = await Promise.all([1, 2, 3].map(() => host.invoke(arnOf('greet'), {})));

  const pids = results.map((result) => (result.kind === 'answer' ? result.payload : result));
  expect(new Set(pids).size).toBe(3);
});

/** How many processes answer so many invocations at once. */
async function processesFor(host: TestHost, count: number): Promise<number> {
  const events = Array.from({ length: count }, (_, index) => index);
  const results = await Promise.all(events.map((event) => host.invoke(arnOf('greet'), event)));
  return new Set(results.map((result) => (result.kind === 'answer' ? result.payload : result))).size;
}

test('uses the processes there are for what comes at once, while they answer soon', async () => {
  const limits = { environmentsAtOnce: 2, patienceMs: 60_000, longestPatienceMs: 60_000 };
  const host = await openHost([lambdaModule(PID)], { limits });

  expect(await processesFor(host, 40)).toBeLessThanOrEqual(2);
});

test('starts more of them one by one for what waits', async () => {
  const slow = 'export const handler = () => new Promise((r) => setTimeout(r, 400, process.pid));';
  const limits = {
    ...{ environmentsAtOnce: 1, environmentsPerFunction: 3 },
    ...{ patienceMs: 20, longestPatienceMs: 20 },
  };
  const host = await openHost([lambdaModule(slow)], { limits });

  expect(await processesFor(host, 30)).toBe(3);
});

test('lets invocations wait in order when every process is busy', async () => {
  const slow = `let count = 0;
    export const handler = async () => { await new Promise((r) => setTimeout(r, 20)); return ++count; };`;
  const host = await openHost([lambdaModule(slow)], { limits: { environmentsPerFunction: 1 } });

  const results = await Promise.all([1, 2, 3].map((n) => host.invoke(arnOf('greet'), n)));

  const answers = results.map((result) => (result.kind === 'answer' ? result.payload : result));
  expect(answers).toEqual([1, 2, 3]);
});

test('gives a waiting invocation a new process when the busy one crashes', async () => {
  const crash =
    'export const handler = async (event) => { if (event === "die") process.exit(3); return "alive"; };';
  const host = await openHost([lambdaModule(crash)], { limits: { environmentsPerFunction: 1 } });

  const [died, waited] = await Promise.all([
    host.invoke(arnOf('greet'), 'die'),
    host.invoke(arnOf('greet'), 'live'),
  ]);

  expect(died).toMatchObject({ kind: 'function-error', errorType: 'Runtime.ExitError' });
  expect(waited).toEqual({ kind: 'answer', payload: 'alive' });
});

test('throttles beyond the reserved concurrency', async () => {
  const slow = 'export const handler = () => new Promise((r) => setTimeout(r, 100, "done"));';
  const host = await openHost([lambdaModule(slow, { reservedConcurrency: 1 })]);

  const [first, second] = await Promise.all([1, 2].map(() => host.invoke(arnOf('greet'), {})));

  expect(first).toEqual({ kind: 'answer', payload: 'done' });
  expect(second).toEqual({ kind: 'host-error', type: 'TooManyRequestsException', message: 'Rate Exceeded.' });
});

test('ends a process that nobody needed for a while', async () => {
  const host = await openHost([lambdaModule(PID)], { limits: { idleMs: 50 } });
  const first = await host.invoke(arnOf('greet'), {});
  const pid = (first as { payload: number }).payload;

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), PATIENCE);
  const second = await host.invoke(arnOf('greet'), {});

  expect(second).toMatchObject({ kind: 'answer' });
  expect((second as { payload: number }).payload).not.toBe(pid);
});

test('loads a function ahead of its first invocation when told to', async () => {
  const host = await openHost([
    lambdaModule('const at = Date.now(); export const handler = async () => at;'),
  ]);

  await host.warm(arnOf('greet'));
  const invokedAt = Date.now();
  const result = await host.invoke(arnOf('greet'), {});

  expect((result as { payload: number }).payload).toBeLessThanOrEqual(invokedAt);
});

test('finds a function by an ARN with an alias', async () => {
  const host = await openHost([lambdaModule('export const handler = async (event) => event;')]);

  const result = await host.invoke(`${arnOf('greet')}:live`, { a: [1, null] });

  expect(result).toEqual({ kind: 'answer', payload: { a: [1, null] } });
});

test('names a function it does not know', async () => {
  const host = await openHost([]);

  const result = await host.invoke(arnOf('nobody'), {});

  expect(result).toEqual({
    kind: 'host-error',
    type: 'ResourceNotFoundException',
    message: `Function not found: ${arnOf('nobody')}`,
  });
});

test('says which runtime it cannot run', async () => {
  const host = await openHost([lambdaModule(PID, { runtime: 'ruby3.4' })]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({
    kind: 'host-error',
    type: 'InvalidRuntimeException',
    message:
      'Lambda function greet is deployed on ruby3.4; only Node.js, Python and custom runtimes run locally.',
  });
});

/** The Runtime API, spoken without the help of ours. */
const BOOTSTRAP = `#!/usr/bin/env node
if (!/^[0-9.]+:[0-9]+$/.test(process.env.AWS_LAMBDA_RUNTIME_API)) throw new Error('not a host and a port');
const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation';
(async () => {
  for (;;) {
    const next = await fetch(base + '/next');
    const id = next.headers.get('lambda-runtime-aws-request-id');
    const body = JSON.stringify({ event: await next.json(), handler: process.env._HANDLER, arguments: process.argv.length });
    await fetch(base + '/' + id + '/response', { method: 'POST', body });
  }
})();
`;

test.runIf(process.platform === 'linux')('runs the executable bootstrap of a custom runtime', async () => {
  const model = lambdaFunction({ bootstrap: BOOTSTRAP }, { runtime: 'provided.al2023', handler: 'any' });
  chmodSync(join((model.code as { directory: string }).directory, 'bootstrap'), 0o755);
  const host = await openHost([model]);

  const result = await host.invoke(arnOf('greet'), { name: 'Ada' });

  const payload = { event: { name: 'Ada' }, handler: 'any', arguments: 2 };
  expect(result).toEqual({ kind: 'answer', payload });
  expect(host.reports()[0]).toMatchObject({ maxMemoryUsedMb: expect.any(Number) });
});

test.runIf(process.platform === 'linux')('says why a bootstrap cannot run', async () => {
  const host = await openHost([
    lambdaFunction({ bootstrap: 'not for this machine' }, { runtime: 'provided.al2023' }),
  ]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toMatchObject({ kind: 'function-error', errorType: 'Runtime.ExitError' });
});

test('tells the log, not the caller, where it looked for missing code', async () => {
  const directory = join(tmpdir(), 'no-such-code');
  const host = await openHost([{ ...lambdaModule(PID), code: { directory } }]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({
    kind: 'host-error',
    type: 'ServiceException',
    message: 'The code of Lambda function greet cannot be read.',
  });
  expect(host.lines().join()).toContain(directory);
});

test('runs inline code', async () => {
  const text = 'exports.handler = async ({ name }) => `hello ${name}`;';
  const host = await openHost([{ ...lambdaModule(PID), code: { fileName: 'index.js', text } }]);

  const result = await host.invoke(arnOf('greet'), { name: 'ann' });

  expect(result).toEqual({ kind: 'answer', payload: 'hello ann' });
});

test('refuses an event of more than 6 MB', async () => {
  const host = await openHost([lambdaModule(PID)]);

  const result = await host.invoke(arnOf('greet'), 'x'.repeat(6 * 1024 * 1024));

  expect(result).toEqual({
    kind: 'host-error',
    type: 'RequestTooLargeException',
    message:
      '6291458 byte payload is too large for the RequestResponse invocation operation (limit 6291456 bytes)',
  });
});

test('fails a function that answers more than 6 MB, and uses its process again', async () => {
  const host = await openHost([lambdaModule('export const handler = async (n) => "x".repeat(n);')]);

  const large = await host.invoke(arnOf('greet'), 6_291_555);
  const small = await host.invoke(arnOf('greet'), 3);

  expect(large).toEqual({
    kind: 'function-error',
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
  expect(small).toEqual({ kind: 'answer', payload: 'xxx' });
  expect(host.reports()[1]?.initDurationMs).toBeUndefined();
});

test('reports the figures of every invocation', async () => {
  const host = await openHost([
    lambdaModule('export const handler = (e, { awsRequestId }) => Promise.resolve(awsRequestId);'),
  ]);

  const first = await host.invoke(arnOf('greet'), {});
  await host.invoke(arnOf('greet'), {});

  const [cold, warm] = host.reports();
  expect(cold).toMatchObject({
    functionName: 'greet',
    requestId: (first as { payload: string }).payload,
    memorySizeMb: 128,
    durationMs: expect.any(Number),
    initDurationMs: expect.any(Number),
    maxMemoryUsedMb: expect.any(Number),
  });
  expect(cold?.line).toMatch(
    /^REPORT RequestId: [\w-]{36}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/,
  );
  expect(warm?.initDurationMs).toBeUndefined();
});

test('leaves no process, no file and no pending answer behind when it is closed', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'temporary-'));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const host = await openHost([
    lambdaModule(PID),
    lambdaModule('export const handler = () => new Promise((r) => setTimeout(r, 9000));', {
      functionName: 'slow',
    }),
    lambdaModule(PID, { functionName: 'unused' }),
  ]);
  const { payload: pid } = (await host.invoke(arnOf('greet'), {})) as { payload: number };
  await host.warm(arnOf('slow'));
  const pending = host.invoke(arnOf('slow'), {});
  const whileOpen = readdirSync(temporary).filter((name) => name.startsWith('lambda-'));

  await host.close();

  expect(isAlive(pid)).toBe(false);
  expect(whileOpen).toHaveLength(1);
  expect(readdirSync(temporary).filter((name) => name.startsWith('lambda-'))).toEqual([]);
  expect(await pending).toEqual({
    kind: 'host-error',
    type: 'ServiceException',
    message: 'The server is stopping.',
  });
  expect(await host.invoke(arnOf('unused'), {})).toEqual(await pending);
});

test('ends what a function started when its process ends', async () => {
  const starts = `import { spawn } from 'node:child_process';
    export const handler = async () => spawn('sleep', ['60'], { stdio: 'ignore' }).pid;`;
  const host = await openHost([lambdaModule(starts)]);
  const { payload: pid } = (await host.invoke(arnOf('greet'), {})) as { payload: number };
  expect(isAlive(pid)).toBe(true);

  await host.close();

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), PATIENCE);
});

test('ends its processes with it when it is killed, even one that never pauses', async () => {
  const busy = lambdaModule('console.log("pid", process.pid); export const handler = () => { for (;;); };', {
    timeoutSeconds: 60,
  });
  const directory = mkdtempSync(join(tmpdir(), 'killed-host-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const script = join(directory, 'host.ts');
  const hostUrl = new URL('../../../src/lambda/lambda-host.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { createLambdaHost } from ${JSON.stringify(hostUrl)};
     const log = ({ line }) => { console.log(line); };
     createLambdaHost({ functions: [${JSON.stringify(busy)}], environment: {}, log }).then((host) => host.invoke(${JSON.stringify(busy.arn)}, {}));`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: directory },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = Number(/pid (\d+)/.exec(String(line))?.[1]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isAlive(pid)).toBe(true);

  child.kill('SIGKILL');

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), PATIENCE);
});

test('runs code with nothing of the project around it', async () => {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  mkdirSync(join(project, 'node_modules/forgotten'), { recursive: true });
  writeFileSync(join(project, 'node_modules/forgotten/index.js'), 'module.exports = 1');
  const directory = join(project, 'cdk.out/asset.1');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'index.js'),
    'exports.handler = async () => { try { require("forgotten"); return "found"; } catch { return "not there"; } };',
  );
  const host = await openHost([lambdaFunction({}, { code: { directory } })]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'answer', payload: 'not there' });
});

test('runs code with the AWS SDK beside it, which Lambda’s runtime brings along', async () => {
  const imported = lambdaModule(
    `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
     import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
     export const handler = async () => [DynamoDBClient.name, DynamoDBDocumentClient.name];`,
  );
  const required = lambdaFunction(
    { 'index.js': 'exports.handler = async () => require("@aws-sdk/client-dynamodb").DynamoDBClient.name;' },
    { functionName: 'require' },
  );
  const inline = lambdaFunction(
    {},
    {
      functionName: 'inline',
      code: {
        fileName: 'index.js',
        text: 'exports.handler = async () => require("@aws-sdk/lib-dynamodb").DynamoDBDocument.name;',
      },
    },
  );
  const host = await openHost([imported, required, inline]);

  const results = await Promise.all(
    ['greet', 'require', 'inline'].map((name) => host.invoke(arnOf(name), {})),
  );

  expect(results).toEqual([
    { kind: 'answer', payload: ['DynamoDBClient', 'DynamoDBDocumentClient'] },
    { kind: 'answer', payload: 'DynamoDBClient' },
    { kind: 'answer', payload: 'DynamoDBDocument' },
  ]);
});

/** A project whose function is in `cdk.out/asset.1`, with packages of one file each by their paths. */
function projectWith(files: Record<string, string>, index: string): { directory: string } {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  const all = { ...files, 'cdk.out/asset.1/index.js': index };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return { directory: join(project, 'cdk.out/asset.1') };
}

const sdkV2 = {
  'node_modules/aws-sdk/package.json': '{"name":"aws-sdk","version":"2.0.0"}',
  'node_modules/aws-sdk/index.js': 'exports.from = "project";',
  'node_modules/aws-sdk/clients/dynamodb.js': 'exports.from = "project";',
};

test.each(['aws-sdk', 'aws-sdk/clients/dynamodb'])(
  'gives code of nodejs16.x the AWS SDK v2 of its project, loaded as %s',
  async (name) => {
    const code = projectWith(
      sdkV2,
      `const sdk = require('${name}');
       const absent = (name) => { try { require(name); return false; } catch { return true; } };
       exports.handler = async () => [sdk.from, absent('@aws-sdk/client-dynamodb')];`,
    );
    const host = await openHost([lambdaFunction({}, { code, runtime: 'nodejs16.x' })]);

    const result = await host.invoke(arnOf('greet'), {});

    expect(result).toEqual({ kind: 'answer', payload: ['project', true] });
  },
);

test('gives code of later runtimes no AWS SDK v2, as they bring none', async () => {
  const code = projectWith(
    sdkV2,
    'exports.handler = async () => { try { require("aws-sdk"); return "there"; } catch { return "absent"; } };',
  );
  const host = await openHost([lambdaFunction({}, { code, runtime: 'nodejs20.x' })]);

  expect(await host.invoke(arnOf('greet'), {})).toEqual({ kind: 'answer', payload: 'absent' });
});

test('says which functions miss the AWS SDK v2 that their runtime brings', () => {
  vi.stubEnv('XDG_CACHE_HOME', join(tmpdir(), 'where nothing was fetched'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const asking = { 'index.js': 'require("aws-sdk")' };
  const without = lambdaFunction(asking, { functionName: 'old', runtime: 'nodejs16.x' });
  const silent = lambdaFunction({ 'index.js': '' }, { runtime: 'nodejs16.x' });
  const withIt = lambdaFunction({}, { code: projectWith(sdkV2, ''), runtime: 'nodejs14.x' });
  const later = lambdaFunction({ 'index.js': '' }, { runtime: 'nodejs18.x' });

  expect(missingSdkV2([without, silent, withIt, later])).toBe(
    'The runtime of old (nodejs16.x) brings the AWS SDK v2, which is not installed here. Run npm install --no-save aws-sdk; without it, functions that require it fail.',
  );
  expect(missingSdkV2([withIt, later])).toBeNull();
});

test('prefers the AWS SDK that the project of the code has installed', async () => {
  const project = mkdtempSync(join(tmpdir(), 'project-'));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  const installed = (name: string): void => {
    mkdirSync(join(project, 'node_modules', name), { recursive: true });
    writeFileSync(join(project, 'node_modules', name, 'index.js'), `exports.from = 'project';`);
  };
  installed('@aws-sdk/client-dynamodb');
  installed('@aws-sdk/client-of-their-own');
  const directory = join(project, 'cdk.out/asset.1');
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'index.js'),
    `exports.handler = async () =>
       ['client-dynamodb', 'client-of-their-own', 'lib-dynamodb'].map((name) => require('@aws-sdk/' + name).from);`,
  );
  const host = await openHost([lambdaFunction({}, { code: { directory } })]);

  const result = await host.invoke(arnOf('greet'), {});

  expect(result).toEqual({ kind: 'answer', payload: ['project', 'project', null] });
});
