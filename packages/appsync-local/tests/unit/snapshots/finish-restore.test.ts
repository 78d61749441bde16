import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { finishRestore, READY } from '../../../src/snapshots/finish-restore.ts';

/** A data directory with these files, and the folders of a copy that is ready. */
function dataWith(files: Record<string, string>, readyFolders: string[]) {
  const data = mkdtempSync(join(tmpdir(), 'finish-restore-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  readyFolders.forEach((folder) => mkdirSync(join(data, READY, folder), { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(data, name)), { recursive: true });
    writeFileSync(join(data, name), text);
  }
  return { data, read: (name: string) => readFileSync(join(data, name), 'utf8') };
}

const OLD = {
  'dynamodb/dynamodb.db': 'old',
  'dynamodb/dynamodb.db-wal': 'old log',
  'dynamodb/server-1-2.claim': 'claim',
  'streams/one.json': 'old position',
  'queues/dead.jsonl': 'old record',
};

it('puts a whole copy in the place of the data, without the log of the old tables', () => {
  const { data, read } = dataWith(
    { ...OLD, [`${READY}/dynamodb/dynamodb.db`]: 'new', [`${READY}/streams/one.json`]: 'new position' },
    ['dynamodb', 'streams', 'queues', 'topics'],
  );

  finishRestore(data);

  expect(read('dynamodb/dynamodb.db')).toBe('new');
  expect(read('streams/one.json')).toBe('new position');
  expect(read('dynamodb/server-1-2.claim')).toBe('claim');
  expect(
    ['dynamodb/dynamodb.db-wal', 'queues/dead.jsonl', READY].filter((name) => existsSync(join(data, name))),
  ).toEqual([]);
});

it('continues after a process was killed between two moves', () => {
  const { data, read } = dataWith(
    { ...OLD, 'dynamodb/dynamodb.db': 'new', [`${READY}/streams/one.json`]: 'new position' },
    ['dynamodb', 'streams', 'queues', 'topics'],
  );
  rmSync(join(data, 'dynamodb/dynamodb.db-wal'));

  finishRestore(data);

  expect(read('dynamodb/dynamodb.db')).toBe('new');
  expect(read('streams/one.json')).toBe('new position');
  expect(existsSync(join(data, 'queues/dead.jsonl'))).toBe(false);
});

it('leaves data alone that nobody restores', () => {
  const { data, read } = dataWith(OLD, []);

  finishRestore(data);

  expect(read('dynamodb/dynamodb.db')).toBe('old');
  expect(read('queues/dead.jsonl')).toBe('old record');
});
