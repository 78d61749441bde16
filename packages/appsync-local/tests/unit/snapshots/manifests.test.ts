import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listSnapshots, readSnapshot } from '../../../src/snapshots/manifests.ts';
import type { Snapshot } from '../../../src/snapshots/snapshot.ts';

const snapshot: Snapshot = {
  name: 'demo',
  savedAt: '2026-01-01T00:00:00.000Z',
  folder: 'demo-a1b2c3',
  files: [{ path: 'dynamodb/dynamodb.db', bytes: 3, sha256: 'abc' }],
  tables: [],
};

/** Places whose snapshots are these files. */
function placesWith(files: Record<string, string>) {
  const directory = mkdtempSync(join(tmpdir(), 'manifests-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(directory, name), text);
  }
  return { data: directory, snapshots: directory };
}

const withPath = (path: string): string =>
  JSON.stringify({ ...snapshot, files: [{ ...snapshot.files[0], path }] });

it('lists snapshots by name, and nothing else', () => {
  const places = placesWith({
    'two.json': JSON.stringify({ ...snapshot, name: 'two' }),
    'demo.json': JSON.stringify(snapshot),
    'half.json': '{"name":',
    'package.json': '{"name":"x"}',
    'notes.txt': '',
  });

  expect(listSnapshots(places).map(({ name }) => name)).toEqual(['demo', 'two']);
});

it.each([
  '../../outside',
  'dynamodb/..',
  'dynamodb/../x',
  'tls/ca-key.pem',
  'dynamodb\\x',
  'credentials.json',
])('refuses a snapshot with a file at %s', (path) => {
  const places = placesWith({ 'demo.json': withPath(path) });

  expect(() => readSnapshot(places, 'demo')).toThrow(/does not describe a snapshot/);
});

it('names the snapshots that there are', () => {
  const places = placesWith({ 'demo.json': JSON.stringify(snapshot) });

  expect(() => readSnapshot(places, 'dmeo')).toThrow(/no snapshot dmeo in .*; there is demo$/);
});

it.each(['', '../demo', 'a/b', 'a\\b', '.hidden', 'x.json', 'a b', 'é', 'x'.repeat(65)])(
  'refuses the name "%s"',
  (name) => {
    expect(() => readSnapshot(placesWith({}), name)).toThrow(/a snapshot cannot be named/);
  },
);
