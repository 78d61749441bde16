import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
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

/** The compiler's complaints, `2: Property …`, about a text as if it were a file of docs/. */
function complaintsOf(text: string): string[] {
  const file = join(root, 'docs', 'live-items.snippet.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.readFile = (path) => (path === file ? text : readFile(path));
  host.getSourceFile = (path, language) =>
    path === file ? ts.createSourceFile(path, text, language) : getSourceFile(path, language);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file: where, start, messageText }) => {
    const line = where ? where.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

test('the page has programs', () => {
  expect(programs).toHaveLength(2);
});

test.each(programs.map(({ line, text }) => [line, text] as const))(
  'the program of line %i is right by its types',
  (_, text) => {
    expect(complaintsOf(text)).toEqual([]);
  },
);

test('a program that is wrong by its types would be found', () => {
  const [{ text } = { text: '' }] = programs;

  expect(complaintsOf(text.replace('live.items.size', 'live.items.length'))).toEqual([
    expect.stringMatching(/^\d+: Property 'length' does not exist on type /),
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
