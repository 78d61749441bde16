import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { assembliesDirectory, cacheDirectory } from '../../../src/ground/cache-directory.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cache-directory-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('is below the node_modules of the project', () => {
  mkdirSync(join(folder, 'node_modules'));

  expect(cacheDirectory(folder)).toBe(join(folder, 'node_modules', '.cache', 'appsync-local'));
});

it('is below the nearest node_modules above a project that has none, as in a workspace', () => {
  mkdirSync(join(folder, 'node_modules'));
  const project = join(folder, 'packages', 'infra');

  expect(cacheDirectory(project)).toBe(join(folder, 'node_modules', '.cache', 'appsync-local'));
});

it('is the user’s own where no package is installed', () => {
  expect(cacheDirectory(folder, { XDG_CACHE_HOME: '/home/ann/cache' })).toBe(
    join('/home/ann/cache', 'appsync-local'),
  );
});

it('has a folder of assemblies for each project, also of the same name', () => {
  mkdirSync(join(folder, 'node_modules'));
  const [web, admin] = ['web', 'admin'].map((name) => assembliesDirectory(join(folder, name, 'infra')));

  expect(web).toMatch(/[\\/]assemblies[\\/]infra-[0-9a-f]{8}$/);
  expect(admin).toMatch(/[\\/]assemblies[\\/]infra-[0-9a-f]{8}$/);
  expect(admin).not.toBe(web);
});
