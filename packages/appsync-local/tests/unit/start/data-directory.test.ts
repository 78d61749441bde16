import type * as FileSystem from 'node:fs';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openDataDirectory } from '../../../src/start/data-directory.ts';

const reading = vi.hoisted(() => ({ before: (_folder: string): void => {} }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof FileSystem>();
  const readdirSync = (folder: string): string[] => {
    reading.before(folder);
    return fs.readdirSync(folder);
  };
  return { ...fs, readdirSync };
});

beforeEach(() => void (reading.before = () => {}));

/** A data directory whose `streams` and `queues` others may read. */
function openDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'data-directory-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const folder of ['queues', 'streams'].map((name) => join(directory, name))) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'one.json'), '{}');
    chmodSync(join(folder, 'one.json'), 0o644);
    chmodSync(folder, 0o755);
  }
  return directory;
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe.skipIf(process.platform === 'win32')('a data directory that another server uses', () => {
  test('is closed where a folder of it goes away meanwhile', () => {
    const directory = openDirectory();
    const reported = vi.fn();
    reading.before = (folder) => {
      if (folder.endsWith('queues')) {
        rmSync(folder, { recursive: true });
      }
    };

    openDataDirectory(directory, reported);

    expect(modeOf(join(directory, 'streams', 'one.json'))).toBe(0o600);
    expect(reported).not.toHaveBeenCalled();
  });

  test('is closed as far as it can be read, and the rest is named', () => {
    const directory = openDirectory();
    const reported = vi.fn();
    reading.before = (folder) => {
      if (folder.endsWith('queues')) {
        throw Object.assign(new Error('no'), { code: 'EACCES' });
      }
    };

    openDataDirectory(directory, reported);

    expect(modeOf(join(directory, 'streams', 'one.json'))).toBe(0o600);
    expect(reported.mock.calls).toEqual([
      [
        `${join(directory, 'queues')} cannot be read (EACCES); it may contain files that are accessible to other users`,
      ],
    ]);
  });
});
