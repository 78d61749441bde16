import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { masked } from './harness/masked.ts';
import { blockOf, blocksOf, exchangesOf, page, root } from './harness/pages.ts';

const run = promisify(execFile);
const START = 'npx appsync-local';

/** Its own test says aloud when it is left out. */
const inPython = spawnSync('python3', ['-c', 'import aws_cdk']).status === 0 ? ['links'] : [];

describe.each(['todo', 'chat', 'shop', 'ledger', ...inPython])('the README of %s', (name) => {
  const readme = page(`examples/${name}/README.md`);
  const folder = join(root, 'examples', name);
  const start = blocksOf(readme).find(({ text }) => text.startsWith(START))!.text;
  const exchanges = exchangesOf(readme, 'sh').map(({ asked, answer }) => [asked.text, answer] as const);
  let server: ServerProcess;

  beforeAll(async () => {
    const options = start.trim().slice(START.length).split(' ').filter(Boolean);
    server = await startServer(['--app', folder, '--memory', '--port', '0', ...options]);
  });
  afterAll(async () => {
    await server?.stop();
  });

  test('has a first request', () => {
    expect(exchanges).toHaveLength(1);
  });

  test.each(exchanges)('is answered as it says', async (command, answer) => {
    const { host, port } = new URL(server.origin);

    const { stdout } = await run('bash', ['-c', command.replaceAll('localhost:4000', host)], {
      cwd: folder,
      env: { ...process.env, PORT: port },
    });

    expect(masked(JSON.parse(stdout))).toEqual(masked(JSON.parse(answer)));
  });
});

test('the test that examples/README.md shows is one that runs', () => {
  const file = 'examples/todo/first.test.ts';

  expect(blockOf(page('examples/README.md'), 'ts', file).text).toBe(readFileSync(join(root, file), 'utf8'));
});
