import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/snapshots/snapshot.ts';
import { runCommand } from './harness/command.ts';
import { keptIds, putItem, startLocal, temporaryDirectory } from './harness/local-server.ts';

const data = (directory: string, ...words: string[]) => runCommand('data', ...words, '--data', directory);

/** The data of a server that has these items, and was ended by a signal. */
async function dataWith(ids: string[], signal: NodeJS.Signals): Promise<string> {
  const directory = temporaryDirectory();
  const server = await startLocal(['--data', directory]);
  for (const id of ids) {
    await putItem(server.origin, id);
  }
  await server.stop(signal);
  return directory;
}

describe('snapshots', () => {
  it('hold what a killed server acknowledged, and bring it back', async () => {
    const directory = await dataWith(['one', 'two'], 'SIGKILL');
    const saved = await data(directory, 'save', 'demo');
    const server = await startLocal(['--data', directory]);
    const refused = await data(directory, 'restore', 'demo');
    await putItem(server.origin, 'one');
    await putItem(server.origin, 'three');
    const whileRunning = await data(directory, 'save', 'later');
    await server.stop();

    const restored = await data(directory, 'restore', 'demo');
    const next = await startLocal(['--data', directory]);

    expect(saved).toMatchObject({ code: 0, stdout: expect.stringContaining('Saved demo  (') as string });
    const inUse = `is in use by process ${server.process.pid}; stop it first`;
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(inUse)]);
    expect([whileRunning.code, whileRunning.stderr]).toEqual([2, expect.stringContaining(inUse)]);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(await keptIds(next.origin, ['one', 'two', 'three'])).toEqual(['one', 'two']);
    expect(await putItem(next.origin, 'one')).toMatchObject({ version: 2 });
  });

  it('are whole or not at all, and never spoil the data', async () => {
    const directory = await dataWith(['one'], 'SIGTERM');
    await data(directory, 'save', 'demo');
    const { folder } = read(directory, 'demo');
    const again = await data(directory, 'save', 'demo');
    const replaced = await data(directory, 'save', 'demo', '--replace');
    const table = join(directory, 'snapshots', read(directory, 'demo').folder, 'dynamodb', 'dynamodb.db');
    const before = readFileSync(join(directory, 'dynamodb', 'dynamodb.db'));
    flip(table);

    const damaged = await data(directory, 'restore', 'demo');
    const listed = JSON.parse((await data(directory, 'list', '--json')).stdout) as Snapshot[];
    const removed = await data(directory, 'remove', 'demo');

    expect([again.code, again.stderr]).toEqual([
      2,
      'there is a snapshot demo already; choose another name, or pass --replace\n',
    ]);
    expect(replaced.code).toBe(0);
    expect(existsSync(join(directory, 'snapshots', folder))).toBe(false);
    expect([damaged.code, damaged.stderr]).toEqual([
      2,
      `snapshot demo is damaged: ${table} has changed since it was saved; the data is as it was. Save it again.\n`,
    ]);
    expect(readFileSync(join(directory, 'dynamodb', 'dynamodb.db')).equals(before)).toBe(true);
    expect(readdirSync(directory).filter((name) => name.startsWith('restore'))).toEqual([]);
    expect(listed.map(({ name }) => name)).toEqual(['demo']);
    expect(listed[0]!.tables.length).toBeGreaterThan(1);
    expect(removed.code).toBe(0);
    expect(readdirSync(join(directory, 'snapshots'))).toEqual([]);
  });

  it('are finished by the server when a restore was killed, and refused where the tables have other keys', async () => {
    const directory = await dataWith(['one'], 'SIGTERM');
    await data(directory, 'save', 'demo');
    const manifest = join(directory, 'snapshots', 'demo.json');
    const snapshot = read(directory, 'demo');
    const tables = snapshot.tables.map((table) => ({
      ...table,
      KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
    }));
    writeFileSync(manifest, JSON.stringify({ ...snapshot, tables }));

    const other = await data(directory, 'restore', 'demo');
    const forced = await data(directory, 'restore', 'demo', '--force');
    const ready = join(directory, 'restore.ready', 'dynamodb');
    mkdirSync(ready, { recursive: true });
    renameSync(join(directory, 'dynamodb', 'dynamodb.db'), join(ready, 'dynamodb.db'));
    const server = await startLocal(['--data', directory]);

    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^snapshot demo has table \S+ with the key other \(S\) where \S+ has .+; restore it/,
      ),
    ]);
    expect(forced).toMatchObject({ code: 0, stderr: '' });
    expect(await keptIds(server.origin, ['one'])).toEqual(['one']);
    expect(existsSync(join(directory, 'restore.ready'))).toBe(false);
  });

  it('say what is wrong with a command', async () => {
    const directory = join(temporaryDirectory(), 'new');
    const wrong = {
      'save ../demo': 'a snapshot cannot be named "../demo"',
      save: 'data save takes the name of a snapshot',
      'keep demo': 'data takes save NAME, restore NAME, list or remove NAME, not "keep demo"',
      'restore demo': 'there is no snapshot demo in',
      'save demo': 'there are no tables in',
    };

    for (const [words, reason] of Object.entries(wrong)) {
      const { code, stderr } = await data(directory, ...words.split(' '));
      expect([code, stderr.trimEnd().split('\n')]).toEqual([2, [expect.stringContaining(reason)]]);
    }
    expect(existsSync(directory)).toBe(false);
  });
});

const read = (directory: string, name: string): Snapshot =>
  JSON.parse(readFileSync(join(directory, 'snapshots', `${name}.json`), 'utf8')) as Snapshot;

/** Changes a file without changing its length. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 100]! ^= 1;
  writeFileSync(file, bytes);
}
