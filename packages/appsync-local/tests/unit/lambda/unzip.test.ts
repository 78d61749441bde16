import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unzip } from '../../../src/lambda/unzip.ts';
import { isZip } from '../../../src/lambda/zip-signature.ts';
import { type Entry, writeZip } from './harness/zip-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unzip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const place = (path: string): string => join(folder, 'code', path);

async function unpack(...entries: Entry[]): Promise<void> {
  writeZip(join(folder, 'code.zip'), entries);
  await unzip(join(folder, 'code.zip'), join(folder, 'code'));
}

describe('a zip file of code', () => {
  test('is unpacked with folders, permissions and links within it', async () => {
    await unpack(
      { name: 'bootstrap', text: '#!/bin/sh', mode: 0o100755 },
      { name: 'node_modules/words/', text: '', mode: 0o40755 },
      { name: 'node_modules/words/index.js', text: 'exports.word = 1' },
      { name: 'node_modules/.bin/words', text: '../words/index.js', mode: 0o120777 },
    );

    expect(statSync(place('bootstrap')).mode & 0o777).toBe(0o755);
    expect(readFileSync(place('node_modules/words/index.js'), 'utf8')).toBe('exports.word = 1');
    expect(readlinkSync(place('node_modules/.bin/words'))).toBe('../words/index.js');
  });

  test('whose entry would leave the folder is refused', async () => {
    await expect(unpack({ name: '../outside.js', text: '' })).rejects.toThrow(/\.\.\/outside\.js/);
    expect(existsSync(join(folder, 'outside.js'))).toBe(false);
  });

  test('whose link leads outside is refused', async () => {
    const link = { name: 'passwords', text: '../../../etc/passwd', mode: 0o120777 };

    await expect(unpack(link)).rejects.toThrow('links');
    expect(existsSync(place('passwords'))).toBe(false);
  });

  test('whose links lead outside together is refused, though each alone would not', async () => {
    const links = [
      { name: 'a/b/root', text: '../..', mode: 0o120777 },
      { name: 'a/b/root/above', text: '..', mode: 0o120777 },
    ];

    await expect(unpack(...links, { name: 'above/outside.js', text: '' })).rejects.toThrow('symlink');
    expect(existsSync(join(folder, 'outside.js'))).toBe(false);
  });

  test('that is damaged is refused', async () => {
    writeFileSync(join(folder, 'code.zip'), 'PK\x03\x04 and no more');

    await expect(unzip(join(folder, 'code.zip'), join(folder, 'code'))).rejects.toThrow();
  });
});

test('a zip file is known by its first bytes, not by its name', async () => {
  writeZip(join(folder, 'asset.1'), [{ name: 'index.js', text: '' }]);
  writeFileSync(join(folder, 'short.zip'), 'PK');

  expect([await isZip(join(folder, 'asset.1')), await isZip(join(folder, 'short.zip'))]).toEqual([
    true,
    false,
  ]);
});
