import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './harness/command.ts';
import {
  keptIds,
  printed,
  putItem,
  type ServerProcess,
  startLocal,
  temporaryDirectory,
} from './harness/local-server.ts';
import { commandOf, descendantsOf, stillRunning } from './harness/processes.ts';

describe('kept data', () => {
  it('survives an orderly stop', async () => {
    const data = temporaryDirectory();
    const first = await startLocal(['--data', data]);
    await putItem(first.origin, 'one');

    const code = await first.stop('SIGTERM');
    const second = await startLocal(['--data', data]);

    expect(code).toBe(0);
    expect(await putItem(second.origin, 'one')).toMatchObject({ version: 2 });
  });

  it('holds every acknowledged write after kill -9 under load, and the next start works at once', async () => {
    const data = temporaryDirectory();
    const first = await startLocal(['--data', data]);
    const processes = descendantsOf(first.process.pid!);
    const { acknowledged, ended } = startWriters(first.origin);
    while (acknowledged.length < 300) {
      await sleep(10);
    }

    await first.stop('SIGKILL');
    const second = await startLocal(['--data', data]);
    await ended;

    expect(await keptIds(second.origin, acknowledged)).toEqual(acknowledged);
    expect(processes.length).toBeGreaterThan(0);
    expect(await stillRunning(processes)).toEqual([]);
  });

  it('is emptied by --reset', async () => {
    const data = temporaryDirectory();
    const first = await startLocal(['--data', data]);
    await putItem(first.origin, 'one');
    await first.stop();

    const second = await startLocal(['--data', data, '--reset']);

    expect(await keptIds(second.origin, ['one'])).toEqual([]);
    expect(await putItem(second.origin, 'one')).toMatchObject({ version: 1 });
  });

  it('belongs to one server at a time, which a second one names', async () => {
    const data = temporaryDirectory();
    const server = await startLocal(['--data', data]);

    const reason = await refusalOf(['--data', data, '--port', '0', '--reset']);

    expect(reason).toContain(`is in use by process ${server.process.pid}; stop it, or pass --data DIR`);
    expect(await putItem(server.origin, 'one')).toMatchObject({ version: 1 });
  });

  it('cannot be where a file is', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');

    const reason = await refusalOf(['--data', file, '--port', '0']);

    expect(reason).toMatch(/^the data directory .*file\S* cannot be written \(\w+\); pass --data DIR/);
  });

  it('says in one line which file of it cannot be used', async () => {
    const data = temporaryDirectory();
    mkdirSync(join(data, 'pagination.key'));

    const reason = await refusalOf(['--data', data, '--port', '0']);

    expect(reason).toBe(
      `cannot open ${join(data, 'pagination.key')}: illegal operation on a directory (EISDIR); ` +
        'correct that, or pass --data DIR or --memory',
    );
  });

  it.skipIf(process.platform !== 'linux')('cannot be where nobody may write', async () => {
    const directory = join(readOnlyDirectory(), 'appsync-local');

    const reason = await refusalOf(['--data', directory, '--port', '0']);

    expect(reason).toMatch(
      /^the data directory .*appsync-local\S* cannot be written \(\w+\); pass --data DIR/,
    );
  });

  it.skipIf(process.platform !== 'linux')(
    'cannot be below /proc, where Node.js would try for ever',
    async () => {
      const reason = await refusalOf(['--data', '/proc/nope/data', '--port', '0']);

      expect(reason).toBe(
        'the data directory /proc/nope/data cannot be written (ENOENT); pass --data DIR or --memory',
      );
    },
  );
});

describe.skipIf(process.platform === 'win32')('permissions of a data directory', () => {
  /**
   * Every path of a directory, and itself, that others may read, write or look into. A running server renames files under it, so
   * one may be gone again.
   */
  const openPaths = (directory: string): string[] =>
    [
      directory,
      ...readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => join(directory, name)),
    ]
      .filter((path) => ((lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0)
      .map((path) => relative(directory, path));

  async function useEverything(data: string): Promise<ServerProcess> {
    const server = await startLocal(['--data', data, '--host', '0.0.0.0']);
    const key = { 'x-api-key': printed(server, 'API key') };
    await putItem(server.origin, 'one', {}, key);
    await expect
      .poll(() => existsSync(join(data, 'streams')) && readdirSync(join(data, 'streams')))
      .not.toEqual([]);
    return server;
  }

  it('are its owner’s alone, those of the engine’s files too, while it runs and afterwards', async () => {
    const data = join(temporaryDirectory(), 'new', 'data');

    const server = await useEverything(data);
    const running = openPaths(data);
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' });
    await server.stop();

    expect(running).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'dynamodb/dynamodb.db',
        'dynamodb/dynamodb.db-wal',
        'tls/ca-key.pem',
        'credentials.json',
        'pagination.key',
      ]),
    );
    expect(openPaths(data)).toEqual([]);
  });

  it('are made so where an earlier version left them open', async () => {
    const data = temporaryDirectory();
    await (await useEverything(data)).stop();
    mkdirSync(join(data, 'queues'));
    writeFileSync(join(data, 'queues', 'dead.jsonl'), '{}');
    for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
      const path = join(data, name);
      chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644);
    }
    chmodSync(data, 0o755);

    await useEverything(data);

    expect(openPaths(data)).toEqual([]);
  });

  it('are left as they are for what is not the server’s', async () => {
    const data = temporaryDirectory();
    chmodSync(data, 0o755);
    writeFileSync(join(data, 'index.html'), 'mine', { mode: 0o644 });
    symlinkSync(join(data, 'index.html'), join(data, 'tls.html'));

    await startLocal(['--data', data]);

    expect(openPaths(data).sort()).toEqual(['', 'index.html', 'tls.html']);
  });
});

describe('--memory', () => {
  it('keeps nothing and leaves no files behind', async () => {
    const server = await startLocal(['--memory']);
    const folder = tableFolderOf(server);
    await putItem(server.origin, 'one');
    const existed = existsSync(folder);

    await server.stop('SIGTERM');
    const next = await startLocal(['--memory']);

    expect({ existed, exists: existsSync(folder) }).toEqual({ existed: true, exists: false });
    expect(await keptIds(next.origin, ['one'])).toEqual([]);
  });

  it('leaves no files behind after kill -9', async () => {
    const server = await startLocal(['--memory']);
    const folder = tableFolderOf(server);
    const processes = descendantsOf(server.process.pid!);

    await server.stop('SIGKILL');

    expect(await stillRunning(processes)).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it('lets two servers run side by side', async () => {
    const [one, other] = await Promise.all([startLocal(['--memory']), startLocal(['--memory'])]);

    await putItem(one.origin, 'mine');

    expect(await keptIds(one.origin, ['mine'])).toEqual(['mine']);
    expect(await keptIds(other.origin, ['mine'])).toEqual([]);
  });
});

/** Writes items until the server is gone. */
function startWriters(origin: string): { acknowledged: string[]; ended: Promise<unknown> } {
  const acknowledged: string[] = [];
  const write = async (writer: number): Promise<void> => {
    for (let count = 1; ; count += 1) {
      const id = `${writer}-${count}`;
      try {
        await putItem(origin, id);
      } catch {
        return;
      }
      acknowledged.push(id);
    }
  };
  return { acknowledged, ended: Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write)) };
}

/** Where the embedded engine of a server has its file. */
function tableFolderOf(server: ServerProcess): string {
  const commands = descendantsOf(server.process.pid!).map(commandOf);
  const file = commands.flatMap((command) => /--db-path (\S+)/.exec(command)?.[1] ?? [])[0];
  if (file === undefined) {
    throw new Error(`no engine among ${JSON.stringify(commands)}`);
  }
  return dirname(file);
}

/** Permissions do not stop the superuser, but the kernel's own file system does. */
function readOnlyDirectory(): string {
  if (process.getuid?.() === 0) {
    return '/sys';
  }
  const directory = temporaryDirectory();
  chmodSync(directory, 0o500);
  return directory;
}
