import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  graphql,
  portOf,
  startLocal,
  temporaryDirectory,
} from '../../packages/appsync-local/tests/server/harness/local-server.ts';
import { boundless } from './harness/boundless.ts';
import { runScript } from './harness/command.ts';

test(
  'seed, run twice, is idempotent; export finds the tables of the running server by its data directory',
  { timeout: 240_000 },
  async () => {
    const data = temporaryDirectory();
    const server = await startLocal(['--data', data]);
    const port = String(portOf(server));

    const first = await runScript('seed', ['--port', port]);
    const second = await runScript('seed', ['--port', port]);
    const exported = await runScript('export', [join(data, 'items.json'), '--data', data]);

    expect(first.stdout).toMatch(/^250 countries: 250 created, 0 there already$/m);
    expect(second.stdout).toMatch(/^250 countries: 0 created, 250 there already$/m);
    expect(exported.stderr).toMatch(/^250 items exported/m);
    const query = second.stdout.slice(second.stdout.indexOf('query {'));
    const answer = await graphql<{ listItemsByKind: { items: object[] } }>(server.origin, query);
    expect(answer.listItemsByKind.items).toHaveLength(5);
  },
);

test('says in one line that the system, or an empty option, keeps it from working', async () => {
  const file = join(temporaryDirectory(), 'file');
  writeFileSync(file, '{"id":"a"}\n');
  const server = await boundless({});
  onTestFinished(() => server.close());
  const place = ['--endpoint', server.endpoint];

  const inFile = await runScript('export', [join(file, 'items.json'), ...place]);
  const empty = await runScript('export', ['items.json', '--data', '']);

  expect(inFile.stderr).toBe(
    `cannot mkdir ${join(file, 'items.json.export')}: not a directory (ENOTDIR); correct that, or pass another FILE\n`,
  );
  expect(empty.stderr).toBe(
    '--data is empty, as from a variable that is not set; pass DIR; see npm run export -- --help\n',
  );
  expect([inFile.code, empty.code]).toEqual([1, 1]);
});
