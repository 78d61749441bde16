import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './harness/command.ts';
import { freePort } from './harness/free-port.ts';
import { graphql, portOf, putItem, startLocal } from './harness/local-server.ts';

const GET = 'query ($id: ID!) { getItem(id: $id) { id owner } }';

/** What `appsync-local token` prints for a server. */
async function tokenFor(port: number, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand('token', ...args, '--port', String(port));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  return stdout.trim();
}

describe('appsync-local token', () => {
  it('prints, alone on one line, a token that the API takes: one for a user, one for an admin', async () => {
    const { origin, ...server } = await startLocal(['--memory']);
    const port = portOf({ origin, ...server });
    const [alice, bob, admin] = await Promise.all([
      tokenFor(port, '--user', 'alice'),
      tokenFor(port, '--user', 'bob'),
      tokenFor(port, '--user', 'carol', '--groups', 'admins'),
    ]);

    const put = await putItem(origin, 'hers', {}, { authorization: alice });
    const read = async (authorization: string): Promise<unknown> =>
      (await graphql<{ getItem: unknown }>(origin, GET, { id: 'hers' }, { authorization })).getItem;

    expect(put.owner).toBe('alice');
    expect(await read(alice)).toEqual({ id: 'hers', owner: 'alice' });
    expect(await read(bob)).toBeNull();
    expect(await read(admin)).toEqual({ id: 'hers', owner: 'alice' });
  });

  it('gives the user the sub it is told, as Cognito gives a UUID', async () => {
    const server = await startLocal(['--memory']);
    const sub = randomUUID();
    const authorization = await tokenFor(portOf(server), '--user', 'alice', '--sub', sub);

    const put = await putItem(server.origin, 'hers', {}, { authorization });

    expect(put.owner).toBe(sub);
  });

  it('says in one line that no server answers, and exits with 1', async () => {
    const port = await freePort();

    const ended = await runCommand('token', '--user', 'alice', '--port', String(port));

    const stderr = `no local server answers on port ${port}; start one with npx appsync-local, or pass --port N\n`;
    expect(ended).toEqual({ code: 1, stdout: '', stderr });
  });

  it('names the option, not the member of its request, that the server refuses', async () => {
    const server = await startLocal(['--memory']);
    const port = String(portOf(server));
    const refused = async (...args: string[]): Promise<string> =>
      (await runCommand('token', '--user', 'alice', '--port', port, ...args)).stderr.trim();

    expect([
      await refused('--use', 'x'),
      await refused('--expires-in', 'soon'),
      await refused('--provider', 'x'),
      await refused('--claims', '[1]'),
    ]).toEqual([
      '--use is "x"; it must be "access" or "id".',
      '--expires-in is "soon"; it must be a whole number from 1 to 86400.',
      '--provider is "x"; it must be "cognito" or "oidc".',
      '--claims is [1]; it must be an object.',
    ]);
    expect(await refused('--issuer', 'x')).toMatch(/^--issuer or --provider names no issuer; this server/);
  });

  it('says in one line that another program has the port', async () => {
    const other = createServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const ended = await runCommand('token', '--user', 'alice', '--port', String(port));

    const stderr = `the program that answers on port ${port} is not a local server; pass the server's port with --port N\n`;
    expect(ended).toEqual({ code: 1, stdout: '', stderr });
  });

  it.each([
    ['no user', '--groups admins', /^--user NAME is required; see npx appsync-local token --help\n$/],
    ['an unknown option', '--user a --role b', /^Unknown option '--role'.*\n$/],
    [
      'an option without its value',
      '--user a --port -1',
      /^Option '--port' argument is ambiguous; see npx appsync-local token --help\n$/,
    ],
    [
      'a port that is no number',
      '--user a --port x',
      /^--port \(or PORT\) must be a number from 1 to 65535, not "x"\n$/,
    ],
    [
      'claims that are no JSON',
      '--user a --claims {',
      /^--claims must be a JSON object such as .*, not \{\n$/,
    ],
  ])('refuses %s in one line', async (_, args, reason) => {
    const { code, stdout, stderr } = await runCommand('token', ...args.split(' '));

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});
