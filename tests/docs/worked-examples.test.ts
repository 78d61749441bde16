import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { memoryRequest } from '../../packages/appsync-local/src/http/memory-request.ts';
import { type LocalServer, start } from '../../packages/appsync-local/src/start/start.ts';
import { type Block, blockOf, blocksOf, exchangesOf, page, root } from './harness/pages.ts';

/*
 * "Add a field" and "Add an item kind" of README, done as they stand in a copy of the project.
 */

const execute = promisify(execFile);
const readme = page('README.md');
const copy = mkdtempSync(join(tmpdir(), 'worked-examples-'));
const COPIED = [
  'model',
  'schema',
  'resolvers',
  'functions',
  'infra',
  'cdk.json',
  'codegen.yml',
  'package.json',
  'tsconfig.json',
  'packages/live-items/src', // part: live-items
];
let server: LocalServer;

/** Runs a program in the copy. @throws Error with all it printed: compilers tell their errors on standard output */
async function run(command: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<void> {
  try {
    await execute(command, args, { cwd: copy, env: { ...process.env, ...environment } });
  } catch (error) {
    const { message, stdout } = error as { message: string; stdout: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  }
}

beforeAll(async () => {
  COPIED.forEach((name) => cpSync(join(root, name), join(copy, name), { recursive: true }));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  addToQuery(blockOf(readme, 'graphql', 'schema/schema.graphql'));
  filesOf().forEach(({ info, text }) => writeFileSync(join(copy, info), text));
  await run('npm', ['run', 'codegen']);
  await run('npx', ['tsc', '-p', 'resolvers/tsconfig.json']);
  await run(process.execPath, ['--import', 'tsx', 'infra/app.ts'], { CDK_OUTDIR: join(copy, 'cdk.out') });
  const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
  server = await start({ port: 0, reset: false, assembly: join(copy, 'cdk.out') }, quiet);
}, 180_000);

afterAll(async () => {
  await server?.close();
  rmSync(copy, { recursive: true, force: true });
});

/** Blocks that name the file they are: `ts resolvers/Query.itemExists.ts`. */
const filesOf = (): Block[] =>
  blocksOf(readme).filter(({ info }) => info.includes('/') && info !== 'schema/schema.graphql');

function addToQuery({ text }: Block): void {
  const file = join(copy, 'schema/schema.graphql');
  const schema = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    schema.replace(/^type Query [^{]*\{\n/m, (opening) => `${opening}${text}\n`),
  );
}

const examples = exchangesOf(readme, 'graphql').map(
  ({ asked, answer }) => [asked.info, asked.text, answer] as const,
);

test('there is an example of each', () => {
  expect(examples.map(([name]) => name)).toEqual(['itemExists', 'author']);
  expect(filesOf()).toHaveLength(2);
});

test.each(examples)('%s is answered as README says', async (_, query, answer) => {
  const response = await server.handle(
    memoryRequest({
      method: 'POST',
      path: '/graphql',
      headers: { host: 'localhost:4000', 'x-api-key': LOCAL_API_KEY },
      body: JSON.stringify({ query }),
    }),
  );

  expect(JSON.parse(response.body.toString())).toEqual(JSON.parse(answer));
});
