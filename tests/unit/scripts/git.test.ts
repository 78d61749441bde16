import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuseLoss } from '../../../scripts/git.ts';

let folder: string;
const git = (...args: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'eject-git-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a folder that git does not know', () => {
  expect(() => refuseLoss(folder, ['part'])).toThrow(/^This folder is not under git, .* or pass --force$/);
});

it('refuses changes that are not committed, and names them', () => {
  git('init', '-q');
  writeFileSync(join(folder, 'mine.ts'), '');

  expect(() => refuseLoss(folder, ['part'])).toThrow(/not committed.*pass --force:\n\?\? mine\.ts$/s);
});

it('takes a folder whose every file is committed', () => {
  git('init', '-q');
  writeFileSync(join(folder, 'mine.ts'), '');
  git('add', '-A');
  git('commit', '-qm', 'mine');

  expect(() => refuseLoss(folder, ['part'])).not.toThrow();
});

it('refuses to remove what git ignores, but for what is made anew', () => {
  git('init', '-q');
  writeFileSync(join(folder, '.gitignore'), '*.log\nnode_modules/\n');
  for (const name of ['part', 'part/node_modules', 'other']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'kept.ts'), '');
  }
  git('add', '-A');
  git('commit', '-qm', 'mine');
  writeFileSync(join(folder, 'other/elsewhere.log'), '');

  expect(() => refuseLoss(folder, ['part'])).not.toThrow();

  writeFileSync(join(folder, 'part/measured.log'), '');

  expect(() => refuseLoss(folder, ['part'])).toThrow(
    /git ignores files.*pass --force:\npart\/measured\.log$/s,
  );
});
