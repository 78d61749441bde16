import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refuseUncommitted } from '../../../../scripts/eject/git.ts';

let folder: string;
const git = (...args: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'eject-git-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('refuses a folder that git does not know', () => {
  expect(() => refuseUncommitted(folder)).toThrow(/^This folder is not under git, .* or pass --force$/);
});

it('refuses changes that are not committed, and names them', () => {
  git('init', '-q');
  writeFileSync(join(folder, 'mine.ts'), '');

  expect(() => refuseUncommitted(folder)).toThrow(/not committed.*pass --force:\n\?\? mine\.ts$/s);
});

it('takes a folder whose every file is committed', () => {
  git('init', '-q');
  writeFileSync(join(folder, 'mine.ts'), '');
  git('add', '-A');
  git('commit', '-qm', 'mine');

  expect(() => refuseUncommitted(folder)).not.toThrow();
});
