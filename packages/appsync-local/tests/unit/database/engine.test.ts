import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createTables } from '../../../src/database/create-tables.ts';
import { createDynamoDbClient } from '../../../src/database/dynamodb-client.ts';
import { dynoxide } from '../../../src/database/dynoxide.ts';
import { findEngineAddress } from '../../../src/database/engine-address.ts';
import { findEngineBinary } from '../../../src/database/engine-binary.ts';
import { startEngine, type EngineOptions } from '../../../src/database/engine.ts';
import { temporaryRoot } from '../../../src/database/temporary-directory.ts';
import { identify } from '../../../src/ground/process-identity.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { tableModel } from './harness/dynamodb.ts';

function log(): void {}

/** No process has this pid: Linux's largest is one more. */
const DEAD_SERVER = { pid: 2 ** 22 - 1, startTime: 'long-ago' };
const DEAD_CLAIM = 'server-4194303-long-ago.claim';

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'engine-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function start(options: Partial<EngineOptions> & ({ dataDirectory: string } | { memory: true })) {
  const engine = await startEngine({ log, ...options } as EngineOptions);
  const client = createDynamoDbClient({ endpoint: engine.endpoint, region: 'us-east-1' });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) {
      return;
    }
    open = false;
    await client.close();
    await engine.close();
  };
  onTestFinished(close);
  return { engine, client, close };
}

/** A server in a process of its own. */
async function startServer(directory = ''): Promise<{ server: ChildProcess; endpoint: string }> {
  const script = fileURLToPath(new URL('harness/server.ts', import.meta.url));
  const server = spawn(process.execPath, ['--import', 'tsx', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  const [line] = (await once(server.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { server, endpoint: (JSON.parse(String(line)) as { endpoint: string }).endpoint };
}

/** Not by fetch, which refuses the engine's port as browsers do. */
function answers(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(endpoint, (answer) => resolve(answer.resume() && true)).on('error', () => resolve(false));
  });
}

async function untilSilent(endpoint: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (!(await answers(endpoint))) {
      return true;
    }
    await sleep(20);
  }
  return false;
}

/** The folders of memory mode that this process uses; other servers have theirs beside them. */
const claimedHere = (): string[] =>
  readdirSync(temporaryRoot(), { recursive: true, encoding: 'utf8' })
    .filter((name) => basename(name).startsWith(`server-${process.pid}-`))
    .map((name) => join(temporaryRoot(), dirname(name)));

function enginePid(directory: string): number {
  const claim = readdirSync(directory).find((name) => name.endsWith('.claim')) ?? '';
  return (JSON.parse(readFileSync(join(directory, claim), 'utf8')) as { engine: { pid: number } }).engine.pid;
}

afterEach(() => vi.unstubAllEnvs());

test('keeps tables and items from one start to the next', async () => {
  const dataDirectory = join(makeDirectory(), 'not', 'there', 'yet');
  const table = tableModel();
  const first = await start({ dataDirectory });
  await createTables(first.client, [table]);
  await first.client.call('PutItem', { TableName: table.tableName, Item: { id: { S: '1' } } });
  await first.close();

  const second = await start({ dataDirectory });
  const answer = await second.client.call('GetItem', { TableName: table.tableName, Key: { id: { S: '1' } } });

  expect(answer).toEqual({ Item: { id: { S: '1' } } });
});

test('reset removes the tables and nothing else', async () => {
  const dataDirectory = makeDirectory();
  writeFileSync(join(dataDirectory, 'notes.txt'), 'mine');
  const first = await start({ dataDirectory });
  await createTables(first.client, [tableModel()]);
  await first.close();

  const second = await start({ dataDirectory, reset: true });
  const answer = await second.client.call('ListTables', {});

  expect(answer).toEqual({ TableNames: [] });
  expect(readFileSync(join(dataDirectory, 'notes.txt'), 'utf8')).toBe('mine');
});

test('memory mode leaves nothing behind', async () => {
  const { close } = await start({ memory: true });
  const during = claimedHere();

  await close();

  expect(during).toHaveLength(1);
  expect(existsSync(during[0]!)).toBe(false);
});

test('refuses a directory that a server of another process uses', async () => {
  const directory = makeDirectory();
  const { server, endpoint } = await startServer(directory);

  const second = startEngine({ dataDirectory: directory, log });

  await expect(second).rejects.toMatchObject({
    name: 'StartFailure',
    message: `the data directory ${directory} is in use by process ${server.pid}; stop it, or pass --data DIR or --memory`,
  });
  expect(await answers(endpoint)).toBe(true);
});

test('refuses a directory that this process uses', async () => {
  const dataDirectory = makeDirectory();
  await start({ dataDirectory });

  const second = startEngine({ dataDirectory, log });

  await expect(second).rejects.toThrow(`in use by process ${process.pid}`);
});

test('no engine outlives a server that is killed, and its directory is free', async () => {
  const directory = makeDirectory();
  const { server, endpoint } = await startServer(directory);

  server.kill('SIGKILL');
  const silent = await untilSilent(endpoint, PATIENCE.timeout);
  const next = await start({ dataDirectory: directory });

  expect(silent).toBe(true);
  expect(await next.client.call('ListTables', {})).toEqual({ TableNames: [] });
});

test.skipIf(findEngineBinary() === null)(
  'ends the engine of a killed server at the next start when nobody else has',
  async () => {
    const directory = makeDirectory();
    // Without a supervisor, which would be gone with its server and here would start the engine again.
    const address = (await findEngineAddress())!;
    const launched = await dynoxide(findEngineBinary()!)({ directory, address, temporary: false, log });
    const { pid, program, exited } = await launched.start();
    const dead = { server: DEAD_SERVER, engine: { ...identify(pid), program } };
    writeFileSync(join(directory, DEAD_CLAIM), JSON.stringify(dead));

    await start({ dataDirectory: directory });

    expect((await exited).signal).toBe('SIGKILL');
    expect(existsSync(join(directory, DEAD_CLAIM))).toBe(false);
  },
);

test('never ends a process that has only got a dead engine’s pid', async () => {
  const directory = makeDirectory();
  const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], { stdio: 'ignore' });
  onTestFinished(() => void bystander.kill('SIGKILL'));
  const claim = {
    server: DEAD_SERVER,
    engine: { pid: bystander.pid, startTime: 'long-ago', program: 'dynoxide' },
  };
  writeFileSync(join(directory, DEAD_CLAIM), JSON.stringify(claim));

  await start({ dataDirectory: directory });

  expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  expect(() => process.kill(bystander.pid as number, 0)).not.toThrow();
});

/** Ends the engine of a directory, and waits until it is another process. */
async function endEngine(dataDirectory: string): Promise<void> {
  const pid = enginePid(dataDirectory);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(enginePid(dataDirectory)).not.toBe(pid), PATIENCE);
}

test('starts an engine again that ends, however soon, at the same place with what it had', async () => {
  const dataDirectory = makeDirectory();
  const table = tableModel();
  const lines: string[] = [];
  const { client } = await start({ dataDirectory, log: (line) => void lines.push(line) });
  await createTables(client, [table]);
  await client.call('PutItem', { TableName: table.tableName, Item: { id: { S: '1' } } });

  await endEngine(dataDirectory);
  const answer = await client.call('GetItem', { TableName: table.tableName, Key: { id: { S: '1' } } });

  expect(answer).toEqual({ Item: { id: { S: '1' } } });
  expect(lines).toEqual(['the DynamoDB engine ended unexpectedly (SIGKILL); it was started again']);
});

test('gives up an engine that ends at once again and again, and says why', async () => {
  const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now()); // however long that takes here
  onTestFinished(() => now.mockRestore());
  const dataDirectory = makeDirectory();
  const reasons: string[] = [];
  await start({ dataDirectory, failed: (reason) => void reasons.push(reason) });

  for (let times = 0; times < 5; times += 1) {
    await endEngine(dataDirectory);
  }
  process.kill(enginePid(dataDirectory), 'SIGKILL');
  await vi.waitFor(() => expect(reasons).toHaveLength(1), PATIENCE);

  expect(reasons).toEqual([
    'the DynamoDB engine does not stay up: it was started 5 times in a row and ended at once (SIGKILL)',
  ]);
});

test('goes on for as long as each engine serves for a while', async () => {
  let time = Date.now();
  const now = vi.spyOn(Date, 'now').mockImplementation(() => (time += 1000));
  onTestFinished(() => now.mockRestore());
  const dataDirectory = makeDirectory();
  const reasons: string[] = [];
  const { client } = await start({ dataDirectory, failed: (reason) => void reasons.push(reason) });

  for (let times = 0; times < 8; times += 1) {
    await endEngine(dataDirectory);
  }

  expect(await client.call('ListTables', {})).toEqual({ TableNames: [] });
  expect(reasons).toEqual([]);
});

test('gives up an engine that cannot be started again, with what it said', async () => {
  const dataDirectory = makeDirectory();
  const reasons: string[] = [];
  await start({ dataDirectory, failed: (reason) => void reasons.push(reason) });
  const pid = enginePid(dataDirectory);

  truncateSync(join(dataDirectory, 'dynamodb.db'), 0);
  appendFileSync(
    join(dataDirectory, 'dynamodb.db'),
    'this is no database, and it is long enough to be one'.repeat(20),
  );
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(reasons).toHaveLength(1), { timeout: 20_000 });

  expect(reasons[0]).toMatch(
    /^the DynamoDB engine does not stay up: it was started 5 times .*\(it ended: .*not a .*database/,
  );
});

test.skipIf(process.platform === 'win32').each([
  [
    'its file is deleted',
    (directory: string) => rmSync(join(directory, 'dynamodb.db')),
    'was deleted or moved',
  ],
  [
    'its folder is deleted',
    (directory: string) => rmSync(directory, { recursive: true }),
    'was deleted or moved',
  ],
  [
    'a folder above is moved',
    (directory: string) => renameSync(dirname(directory), `${dirname(directory)}-away`),
    'was deleted or moved',
  ],
  [
    'its file is replaced',
    (directory: string) => {
      cpSync(join(directory, 'dynamodb.db'), join(directory, 'copy.db'));
      renameSync(join(directory, 'copy.db'), join(directory, 'dynamodb.db'));
    },
    'was replaced',
  ],
])('ends an engine that would acknowledge writes into nothing: %s', async (_, lose, what) => {
  const dataDirectory = join(makeDirectory(), 'above', 'data');
  const reasons: string[] = [];
  const { client } = await start({ dataDirectory, failed: (reason) => void reasons.push(reason) });
  await createTables(client, [tableModel()]);
  const pid = enginePid(dataDirectory);

  lose(dataDirectory);
  await vi.waitFor(() => expect(reasons).toHaveLength(1), PATIENCE);

  expect(reasons).toEqual([`the data in ${dataDirectory} ${what} while the server ran`]);
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), PATIENCE);
  await expect(client.call('ListTables', {})).rejects.toThrow('cannot be reached');
});

test('refuses a port that is taken', async () => {
  const { engine } = await start({ memory: true });
  const { hostname: host, port: text } = new URL(engine.endpoint);
  const port = Number(text);

  const second = startEngine({ memory: true, address: { host, port }, log });

  await expect(second).rejects.toThrow(
    `port ${port} for DynamoDB is taken; stop what uses it, or choose another`,
  );
});

test('listens where no browser connects, each engine at an address of its own', async () => {
  const [one, other] = await Promise.all([start({ memory: true }), start({ memory: true })]);

  for (const { engine } of [one, other]) {
    // Node.js's fetch blocks the same ports as browsers do (Fetch Standard, "Port blocking").
    await expect(fetch(engine.endpoint)).rejects.toMatchObject({ cause: new Error('bad port') });
    expect(new URL(engine.endpoint).hostname).toMatch(/^127\./);
  }
  expect(one.engine.endpoint).not.toBe(other.engine.endpoint);
});

test('says what the engine said when a file is no database', async () => {
  const dataDirectory = makeDirectory();
  writeFileSync(join(dataDirectory, 'dynamodb.db'), 'this is no database, and it is long enough to be one');

  const engine = startEngine({ dataDirectory, log });

  await expect(engine).rejects.toMatchObject({
    name: 'StartFailure',
    message: expect.stringMatching(/^the DynamoDB engine did not start: .*not a valid SQLite database/),
  });
  expect(readdirSync(dataDirectory)).toEqual(['dynamodb.db']);
});

test.each([
  ['is no database', () => Buffer.from('this is no database, and it is long enough to be one')],
  ['is cut off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
])('says what to do about a file that %s', async (_, damage) => {
  const dataDirectory = makeDirectory();
  const { engine } = await start({ dataDirectory });
  await engine.close();
  const file = join(dataDirectory, 'dynamodb.db');
  writeFileSync(file, damage(readFileSync(file)));

  await expect(startEngine({ dataDirectory, log })).rejects.toThrow(
    `; the tables in ${dataDirectory} are damaged: restore a snapshot with data restore NAME, or pass --reset to start over without them`,
  );
  const { engine: anew } = await start({ dataDirectory, reset: true });
  await anew.close();
});

test('says so when APPSYNC_LOCAL_DYNOXIDE names nothing', async () => {
  vi.stubEnv('APPSYNC_LOCAL_DYNOXIDE', '/no/such/engine');

  const engine = startEngine({ memory: true, log });

  await expect(engine).rejects.toThrow('APPSYNC_LOCAL_DYNOXIDE names /no/such/engine, which does not exist');
});
