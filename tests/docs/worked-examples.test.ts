import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { memoryRequest } from '../../packages/appsync-local/src/http/memory-request.ts';
import { type LocalServer, start } from '../../packages/appsync-local/src/start/start.ts';
import { keptCode } from '../../packages/appsync-local/tests/harness/kept-code.ts';
import { Copy, succeeds } from '../adopter/harness/copy.ts';
import { type Block, blockOf, blocksOf, exchangesOf, page } from './harness/pages.ts';

/*
 * "Add a field" and "Add an item kind" of README, done as they stand in a copy of the project.
 */

const readme = page('README.md');
let copy: Copy;
let server: LocalServer;

beforeAll(async () => {
  copy = new Copy();
  addToQuery(blockOf(readme, 'graphql', 'schema/schema.graphql'));
  filesOf().forEach(({ info, text }) => copy.write(info, text));
  await succeeds('codegen', copy.script('codegen'));
  await succeeds(
    'types',
    copy.run(process.execPath, ['node_modules/typescript7/bin/tsc', '-p', 'resolvers/tsconfig.json']),
  );
  const assembly = join(copy.folder, 'cdk.out');
  await succeeds(
    'synth',
    copy.run(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
      CDK_OUTDIR: assembly,
      CDK_VALIDATION: 'false',
    }),
  );
  const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
  server = await start({ port: 0, reset: false, assembly, translations: await keptCode() }, quiet);
}, 180_000);

afterAll(async () => {
  await server?.close();
  copy?.delete();
});

/** Blocks that name the file they are: `ts resolvers/Query.itemExists.ts`. */
const filesOf = (): Block[] =>
  blocksOf(readme).filter(({ info }) => info.includes('/') && info !== 'schema/schema.graphql');

function addToQuery({ text }: Block): void {
  copy.insertAfter('schema/schema.graphql', /^type Query [^{]*\{$/, text);
}

const examples = exchangesOf(readme, 'graphql').map(
  ({ asked, answer }) => [asked.info, asked.text, answer] as const,
);

test('there is an example of each', () => {
  expect(examples.map(([name]) => name)).toEqual([
    'itemExists',
    'author', // part: validated-items
  ]);
  expect(filesOf()).toHaveLength(examples.length);
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
