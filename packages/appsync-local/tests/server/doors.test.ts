import { readFileSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import WebSocket from 'ws';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { refusalOf, runCommand } from './harness/command.ts';
import {
  graphql,
  portOf,
  printed,
  putItem,
  startLocal,
  temporaryDirectory,
  withApiKey,
} from './harness/local-server.ts';

/** How another machine would reach this one; connections to it do not come from a loopback address. */
const outside = Object.values(networkInterfaces())
  .flatMap((infos = []) => infos)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const TYPE = JSON.stringify({ query: '{ __typename }' });
const JSON_TYPE = { 'content-type': 'application/json' };

const post = (url: string, headers: Record<string, string> = {}, body = TYPE) =>
  fetch(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

describe('a server of this machine only', () => {
  it('answers clients that are no pages, pages of localhost, and those it was told of', async () => {
    const server = await startLocal([
      '--memory',
      '--allow-origin',
      'https://app.example/',
      '--allow-origin',
      'null',
    ]);
    const url = `${server.origin}/graphql`;
    const seen = async (origin?: string): Promise<unknown[]> => {
      const { status, headers } = await post(url, { ...withApiKey, ...(origin && { origin }) });
      return [status, headers.get('access-control-allow-origin'), headers.get('vary')];
    };

    expect(await seen()).toEqual([200, null, 'Origin']);
    for (const origin of ['http://localhost:3000', 'https://app.example', 'null']) {
      expect(await seen(origin)).toEqual([200, origin, 'Origin']);
    }
    expect(await seen('https://evil.example')).toEqual([403, null, 'Origin']);
  });

  it('tells the terminal which page it has refused, and what lets it in', async () => {
    const server = await startLocal(['--memory']);
    let errors = '';
    server.process.stderr!.on('data', (chunk) => (errors += String(chunk)));

    const answer = await post(`${server.origin}/graphql`, { ...withApiKey, origin: 'https://app.example' });

    expect(((await answer.json()) as { errors: unknown[] }).errors).toEqual([
      {
        errorType: 'AccessDeniedException',
        message:
          'Pages of https://app.example may not call this server; start it with --allow-origin https://app.example.',
      },
    ]);
    await expect.poll(() => errors).toContain('pass --allow-origin https://app.example to admit it');
  });

  it('is known by the names it was told, over HTTP and WebSocket', async () => {
    const server = await startLocal(['--memory', '--allow-host', 'devbox']);
    const upgrade = (host: string): Promise<string> =>
      new Promise((resolve) => {
        const url = `ws://127.0.0.1:${portOf(server)}/graphql/realtime`;
        const socket = new WebSocket(url, ['graphql-ws'], { headers: { host } });
        socket.once('open', () => (socket.terminate(), resolve('open')));
        socket.once('error', ({ message }) => resolve(message));
      });

    expect(await upgrade('devbox:4000')).toBe('open');
    expect(await upgrade('evil.example:4000')).toBe('Unexpected server response: 403');
  });

  it('has the credentials that everybody knows', async () => {
    const server = await startLocal(['--memory', '--host', '127.0.0.1']);

    expect(printed(server, 'API key')).toBe(LOCAL_API_KEY);
    expect(server.output).not.toContain('Open to');
  });
});

if (outside === undefined) {
  test.skip('a server that other machines can reach (this one is in no network)');
}

describe.runIf(outside)('a server that other machines can reach', () => {
  it('says so, and has credentials of its own, which it keeps', async () => {
    const data = temporaryDirectory();
    const first = await startLocal(['--data', data, '--host', '0.0.0.0']);
    const apiKey = printed(first, 'API key');
    const secret = /^IAM keys +AKIALOCALDEVELOPMENT (\S+)$/m.exec(first.output)?.[1];
    const wellKnown = await post(`${first.origin}/graphql`, withApiKey);
    await putItem(first.origin, 'one', {}, { 'x-api-key': apiKey });
    await first.stop();

    const again = await startLocal(['--data', data, '--host', '0.0.0.0']);
    const alone = await startLocal(['--memory']);

    expect(apiKey).toMatch(/^da2-[a-z0-9]{26}$/);
    expect(secret).toMatch(/^[\w-]{40}$/);
    expect(secret).not.toBe(LOCAL_CREDENTIALS.secretAccessKey);
    expect(wellKnown.status).toBe(401);
    expect(first.output).toMatch(
      new RegExp(
        `^Open to +everybody who can reach .*http://${outside}:${portOf(first)}\\b.*credentials above$`,
        'm',
      ),
    );
    expect(first.output).toMatch(/^Closed to +other machines: tokens, EvaluateCode, DynamoDB$/m);
    expect(printed(again, 'API key')).toBe(apiKey);
    expect(again.output).toContain(secret);
    expect(printed(alone, 'API key')).toBe(LOCAL_API_KEY);
    const file = join(data, 'credentials.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(apiKey);
  });

  it.each([['0.0.0.0'], ['::'], [outside!]])(
    'by --host %s gives tokens, code and credentials to this machine only',
    async (host) => {
      const server = await startLocal(['--memory', '--host', host]);
      const port = portOf(server);
      const apiKey = printed(server, 'API key');
      const user = '{"user":"mallory","groups":["admins"]}';
      const evaluation = JSON.stringify({
        runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
        code: 'export const request = () => ({}); export const response = () => 1;',
        context: '{}',
      });
      const statuses = async (origin: string, headers = {}): Promise<number[]> => [
        (await post(`${origin}/_local/token`, headers, user)).status,
        (await post(`${origin}/v1/dataplane-evaluatecode`, headers, evaluation)).status,
        (await post(`${origin}/v1/dataplane-evaluatetemplate`, headers, evaluation)).status,
      ];
      const settings = async (origin: string): Promise<string> =>
        (await fetch(`${origin}/_local/console.json`)).text();
      const there = `http://${outside}:${port}`;
      const here = `http://127.0.0.1:${port}`;

      expect(await statuses(there)).toEqual([403, 403, 403]);
      expect(await statuses(there, { 'x-forwarded-for': '127.0.0.1' })).toEqual([403, 403, 403]);
      expect(await statuses(here)).toEqual([200, 200, 400]);
      expect(await settings(here)).toContain(apiKey);
      expect(await settings(there)).not.toMatch(/da2-|secret/i);
      expect(await graphql(there, '{ __typename }', {}, { 'x-api-key': apiKey })).toEqual({
        __typename: 'Query',
      });
      expect((await runCommand('token', '--user', 'alice', '--port', String(port))).code).toBe(0);
    },
  );

  // part: change-feed
  it('calls itself with its own credentials: the change feed tells what other machines write', async () => {
    const server = await startLocal(['--memory', '--host', outside!]);
    const key = { 'x-api-key': printed(server, 'API key') };

    await putItem(server.origin, 'one', {}, key);

    const changes = async (): Promise<unknown> =>
      (
        await graphql<{ itemChanges: { changes: { id: string }[] } }>(
          server.origin,
          '{ itemChanges { changes { id } } }',
          {},
          key,
        )
      ).itemChanges.changes;
    await expect.poll(changes, { timeout: 20_000 }).toEqual([{ id: 'one' }]);
  });
  // end: change-feed
});

describe('the options of the doors', () => {
  it.each([
    ['--host', '', /^--host is empty, as from a variable that is not set; pass ADDRESS or leave --host out$/],
    ['--data', '', /^--data is empty/],
    ['--allow-origin', '', /^--allow-origin is empty/],
    ['--allow-origin', '*', /^--allow-origin \* is not an origin; pass one such as https:\/\/app\.example/],
    ['--allow-origin', 'https://*.app.example', /is not an origin/],
    ['--allow-origin', 'https://app.example/path', /is not an origin/],
    ['--allow-origin', 'app.example', /is not an origin/],
    ['--allow-host', 'http://devbox', /^--allow-host http:\/\/devbox is not a host name; pass one such as/],
    ['--allow-host', 'devbox:4000', /is not a host name/],
    ['--host', '203.0.113.1', /^host 203\.0\.113\.1 is not an address of this machine; leave it out/],
  ])('%s "%s" is refused in one line', async (option, value, reason) => {
    const arguments_ = option === '--data' ? [option, value] : ['--memory', option, value];
    expect(await refusalOf([...arguments_, '--port', '0'])).toMatch(reason);
  });
});
