import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { blocksOf, page, root } from './harness/pages.ts';

/*
 * packages/appsync-local/docs/testing-resolvers.md: the file it shows is the file there is, and its commands do what they say, in a folder that
 * sees the project.
 */

const run = promisify(execFile);
const guide = page('packages/appsync-local/docs/testing-resolvers.md');
const blocks = blocksOf(guide);
const folder = mkdtempSync(join(tmpdir(), 'testing-resolvers-'));
let server: ServerProcess;

beforeAll(async () => {
  for (const name of ['resolvers', 'schema', 'node_modules', 'package.json']) {
    symlinkSync(join(root, name), join(folder, name));
  }
  mkdirSync(join(folder, '.local'));
  server = await startServer(['--port', '0', '--memory']);
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const files = blocks.filter(({ info }) => info.includes('/'));

test.each(files.map(({ info, text }) => [info, text]))('%s is as the page shows it', (file, text) => {
  expect(text).toBe(readFileSync(join(root, file), 'utf8'));
});

test('the page shows a whole test', () => {
  expect(files.map(({ info }) => info)).toEqual([
    'tests/unit/resolvers/Query.itemKinds.test.ts', // part: validated-items
  ]);
});

test('the bundle that its command makes is evaluated as its answer says', async () => {
  const bundling = blocks.find(({ language, text }) => language === 'sh' && text.startsWith('npx esbuild'))!;
  const program = blocks.find(({ language }) => language === 'js')!;
  const answer = blocks.find(({ language }) => language === 'json')!;

  await run('bash', ['-c', bundling.text], { cwd: folder });
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program.text], {
    cwd: folder,
    env: { ...process.env, AWS_ENDPOINT_URL_APPSYNC: server.origin },
  });

  expect(JSON.parse(stdout)).toEqual(JSON.parse(answer.text));
});

test('the AWS CLI is shown the same bundle, context and runtime', () => {
  const cli = blocks.find(({ text }) => text.includes('aws appsync'))!.text;
  const program = blocks.find(({ language }) => language === 'js')!.text;

  const context = /--context '(.*)'/.exec(cli)![1]!;
  expect(JSON.parse(context)).toEqual({ arguments: { id: 'desk-1' } });
  expect(program).toContain("{ arguments: { id: 'desk-1' } }");
  expect(cli).toContain('--code file://.local/Query.getItem.js');
  expect(cli).toContain('--runtime name=APPSYNC_JS,runtimeVersion=1.0.0');
});
