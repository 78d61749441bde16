import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { apply, changesOf } from '../../../../schema/front-end/folder.ts';
import { HEADER } from '../../../../schema/front-end/generate-front-end.ts';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'front-end-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const files = (...names: string[]) => new Map(names.map((name) => [name, `${HEADER}export type A = 1;\n`]));

it('writes what is missing once, and removes the type of a kind that is gone', () => {
  const folder = newFolder();
  const before = files('kinds.ts', 'kinds/a.ts', 'kinds/b.ts');
  apply(folder, before, changesOf(folder, before));
  writeFileSync(join(folder, 'kinds/mine.ts'), 'export {};\n');

  const after = files('kinds.ts', 'kinds/b.ts');
  const changes = changesOf(folder, after);
  apply(folder, after, changes);

  expect(changes).toEqual({ stale: [], current: ['kinds.ts', 'kinds/b.ts'], left: ['kinds/a.ts'] });
  expect(existsSync(join(folder, 'kinds/a.ts'))).toBe(false);
  expect(existsSync(join(folder, 'kinds/mine.ts'))).toBe(true);
});

it('never writes over a file of somebody else', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'errors.ts'), 'export class MyError {}\n');

  expect(() => changesOf(folder, files('errors.ts'))).toThrow(/errors\.ts was not written by npm run types/);
  expect(readFileSync(join(folder, 'errors.ts'), 'utf8')).toBe('export class MyError {}\n');
});
