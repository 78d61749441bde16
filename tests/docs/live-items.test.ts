import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { complaintsAbout } from './harness/complaints.ts';
import { blocksOf, page, root } from './harness/pages.ts';

/*
 * docs/live-items.md: its programs are right by their types, as files in docs/, and do what the page says.
 */

const programs = blocksOf(page('docs/live-items.md')).filter(({ language }) => language === 'ts');
const folder = mkdtempSync(join(tmpdir(), 'live-items-'));
let server: ServerProcess;

beforeAll(async () => {
  for (const name of ['packages', 'schema', 'node_modules', 'package.json']) {
    symlinkSync(join(root, name), join(folder, name));
  }
  mkdirSync(join(folder, 'docs'));
  server = await startServer(['--port', '0', '--memory']);
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the page has programs', () => {
  expect(programs).toHaveLength(2);
});

test('its programs are right by their types, and a wrong one would be found', () => {
  const right = programs.map(({ text }) => text);
  const wrong = right[0]!.replace('live.items.size', 'live.items.length');

  expect(complaintsAbout([...right, wrong], 'docs')).toEqual([
    ...right.map(() => []),
    [expect.stringMatching(/^\d+: Property 'length' does not exist on type /)],
  ]);
});

/** Runs a program of the page until it has printed all that is expected. */
async function hear(text: string, name: string, expected: RegExp[], act: () => Promise<void>): Promise<void> {
  const file = join(folder, 'docs', name);
  writeFileSync(file, text.replaceAll('localhost:4000', new URL(server.origin).host));
  const program = spawn(process.execPath, ['--import', 'tsx', file], { cwd: dirname(file) });
  let printed = '';
  program.stdout.on('data', (chunk) => (printed += String(chunk)));
  program.stderr.on('data', (chunk) => (printed += String(chunk)));
  const heard = (line: RegExp): Promise<void> =>
    vi.waitFor(() => expect(printed).toMatch(line), { timeout: 45_000, interval: 20 });
  try {
    const [first, ...others] = expected;
    await heard(first!);
    await act();
    for (const line of others) {
      await heard(line);
    }
  } finally {
    program.kill();
  }
}

async function put(id: string): Promise<void> {
  const query = `mutation { putItem(input: { id: "${id}", payload: "1" }) { id } }`;
  const headers = { 'x-api-key': LOCAL_API_KEY };
  await fetch(`${server.origin}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
}

test('the first program keeps a view of the items', async () => {
  const expected = [/^\d+ items$/m, /^live $/m, /^desk-1 1$/m];

  await hear(programs[0]!.text, 'view.ts', expected, () => put('desk-1'));
});

test('the second program hears of every change and keeps its place', async () => {
  const call = `await follow('PT5M', async (cursor) => console.log('kept', cursor.length > 20));`;
  const expected = [/^CREATED desk-2 \d+\nkept true$/m, /^CREATED desk-3 \d+\nkept true$/m];

  await put('desk-2');
  await hear(`${programs[1]!.text}\n${call}\n`, 'follow.ts', expected, () => put('desk-3'));
});
