import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  graphql,
  portOf,
  startLocal,
  temporaryDirectory,
} from '../../packages/appsync-local/tests/server/harness/local-server.ts';
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
