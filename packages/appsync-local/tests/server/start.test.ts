import { existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FLAGS } from '../../src/cli/options.ts';
import { openSocket } from '../harness/port-target.ts';
import { refusalOf, run } from './harness/command.ts';
import { freePort } from './harness/free-port.ts';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { graphql, portOf, printed, putItem, startLocal, temporaryDirectory } from './harness/local-server.ts';
import { processesNaming } from './harness/processes.ts';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('a started server', () => {
  it('prints every URL on a line of its own, then Ready, and each URL answers', async () => {
    const server = await startLocal(['--memory']);

    const names = server.output.split('\n').flatMap((line) => /^(\w+ URL|Ready)/.exec(line)?.[1] ?? []);
    expect(names).toEqual(['GraphQL URL', 'Realtime URL', 'Console URL', 'DynamoDB URL', 'Ready']);
    expect(await putItem(new URL(printed(server, 'GraphQL URL')).origin, 'one')).toMatchObject({
      version: 1,
    });
    const socket = await openSocket(printed(server, 'Realtime URL'), ['graphql-ws']);
    socket.close();
    const page = await fetch(printed(server, 'Console URL'));
    expect(await page.text()).toContain('<title>appsync-items-dev · console</title>');
    expect(await itemsTable(dynamoDbClient(printed(server, 'DynamoDB URL')))).toMatch(/^appsync-items-dev-/);
  });

  it('takes its port from PORT', async () => {
    const port = await freePort();

    const server = await startLocal(['--memory'], { PORT: String(port) });

    expect(portOf(server)).toBe(port);
  });

  it('prefers --port to PORT', async () => {
    const port = await freePort();

    const server = await startLocal(['--memory', '--port', String(port)], { PORT: '1' });

    expect(portOf(server)).toBe(port);
  });
});

describe('the command line', () => {
  it('explains every option and exits with 0 when asked for help', async () => {
    const { code, stdout, stderr } = await run('start', ['--help']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const [name, { says }] of Object.entries(FLAGS)) {
      expect(stdout).toMatch(new RegExp(`^ +--${name}\\b`, 'm'));
      expect(stdout).toContain(says);
    }
  });

  it('prints its version', async () => {
    const { code, stdout } = await run('start', ['--version']);

    expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
  });

  it.each(['-h', 'help'])('explains itself when asked by %s', async (word) => {
    const { code, stdout } = await run('start', [word]);

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Usage: npx appsync-local'),
    });
  });

  it.each([
    [
      'a word too many',
      'serve',
      /^"serve" is neither a command nor the value of an option; see npx appsync-local --help$/,
    ],
    ['an unknown option', '--prot 4001', /^Unknown option '--prot'; see npx appsync-local --help$/],
    [
      'a port that is no number',
      '--port x',
      /^--port \(or PORT\) must be a number from 0 to 65535, not "x"$/,
    ],
    [
      'a port that is negative',
      '--port -1',
      /^Option '--port' argument is ambiguous; see npx appsync-local --help$/,
    ],
    ['a port that is empty', '--port=', /^--port \(or PORT\) must be a number from 0 to 65535, not ""$/],
    [
      'a port that is too high',
      '--port 65536',
      /^--port \(or PORT\) must be a number from 0 to 65535, not "65536"$/,
    ],
    ['--memory with --data', '--memory --data d', /^--memory keeps no data, .* --data or --reset$/],
    ['--memory with --reset', '--memory --reset', /^--memory keeps no data, .* --data or --reset$/],
    ['another JavaScript', '--javascript es5', /^--javascript must be appsync or plain, not "es5"$/],
    [
      'no port for a debugger',
      '--inspect yes',
      /^--inspect must be a port from 1024 to 65535, such as 9229, not "yes"$/,
    ],
    [
      'an unknown level of the log',
      '--log-level loud',
      /^--log-level must be one of error, warn, info, debug, not "loud"$/,
    ],
    [
      'an endpoint that is no URL',
      '--dynamodb-endpoint db:8000',
      /^--dynamodb-endpoint must be a URL such as .*, not "db:8000"/,
    ],
    [
      'an endpoint without a data source',
      '--endpoint http://localhost:1',
      /^--endpoint must be a data source and its URL, such as weather=http:\/\/localhost:9000, not "http:\/\/localhost:1"$/,
    ],
    ['an endpoint of a data source that is no URL', '--endpoint a=b', /^--endpoint must be .*, not "a=b"$/],
    [
      'an endpoint of a data source that is not there',
      '--memory --port 0 --endpoint weather=http://localhost:1',
      /^--endpoint names 'weather'; the template has no HTTP data source$/,
    ],
    [
      'a folder that is not there',
      '--memory --app /nonexistent',
      /^there is no cloud assembly in '\/nonexistent'/,
    ],
  ])('refuses %s in one line', async (_, args, reason) => {
    expect(await refusalOf(args.split(' '))).toMatch(reason);
  });
});

describe('--aws-credentials', () => {
  it('names the variables that are not set', async () => {
    const environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: '' };

    expect(await refusalOf(['--aws-credentials'], environment)).toMatch(
      /^--aws-credentials needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; /,
    );
  });
});

describe('a port that is taken', () => {
  it('is named in one line, before anything else is started', async () => {
    const directory = temporaryDirectory();
    const taken = await freePort();
    const other = createServer().listen(taken, '127.0.0.1');
    onTestFinished(() => void other.close());

    const reason = await refusalOf(['--data', directory, '--port', String(taken)]);

    expect(reason).toBe(`port ${taken} is in use; stop the other process or pass --port N`);
    expect(existsSync(join(directory, 'dynamodb'))).toBe(false);
  });
});

describe('a start', () => {
  it('that fails leaves no engine behind', async () => {
    const directory = temporaryDirectory();

    await refusalOf(['--data', directory, '--port', '0', '--app', '/nonexistent']);

    expect(existsSync(join(directory, 'dynamodb', 'dynamodb.db'))).toBe(true);
    expect(processesNaming(directory)).toEqual([]);
  });

  it('keeps clients that come early waiting, and then answers them', async () => {
    const port = String(await freePort());
    let isReady = false;
    const starting = startLocal(['--memory'], { PORT: port });
    void starting.then(() => (isReady = true));
    while (!(await accepts(Number(port)))) {
      await sleep(10);
    }
    const wasReady = isReady;

    const data = await graphql(`http://localhost:${port}`, '{ __typename }');
    await starting;

    expect(wasReady).toBe(false);
    expect(data).toEqual({ __typename: 'Query' });
  });
});

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
