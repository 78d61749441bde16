import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * The package as people get it: packed, installed into a folder of its own, and used there.
 */

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const run = promisify(execFile);
const project = mkdtempSync(join(tmpdir(), 'live-items-'));
const installed = join(project, 'node_modules', 'live-items');

/** Without what the npm that runs this test has told it. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|VITEST|NODE_ENV$)/i.test(name)),
);
const inFolder = (cwd: string, command: string, ...args: string[]) =>
  run(command, args, { cwd, env: environment });

beforeAll(async () => {
  const { stdout } = await inFolder(packageRoot, 'npm', 'pack', '--json', '--pack-destination', project);
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }];
  cpSync(fileURLToPath(new URL('front-end', import.meta.url)), project, { recursive: true });
  await inFolder(project, 'npm', 'init', '--yes');
  await inFolder(project, 'npm', 'install', '--offline', '--no-audit', '--no-fund', join(project, filename));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const textOf = (file: string): string => readFileSync(join(installed, file), 'utf8');
const filesIn = (folder: string): string[] => readdirSync(join(installed, folder)).sort();

describe('the tarball', () => {
  it('has the module, its types and its pages, and nothing else', () => {
    expect(filesIn('.')).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(filesIn('dist').filter((name) => !/^[\w-]+\.d\.ts$/.test(name))).toEqual(['index.js']);
  });

  it('names only files that it has, none of them a source', () => {
    const named = filesIn('dist').flatMap((file) =>
      [...textOf(`dist/${file}`).matchAll(/(?:\bfrom |\bimport\()["']([^"']+)/g)].map(([, name]) => name!),
    );

    expect(named).toContain('./types.js');
    expect(
      named.filter((name) => !filesIn('dist').includes(name.replace(/^\.\/(.*)\.js$/, '$1.d.ts'))),
    ).toEqual([]);
  });

  it('is as small as its page says', async () => {
    const { code } = await transform(textOf('dist/index.js'), { minify: true, format: 'esm' });
    const kilobytes = Math.ceil(gzipSync(code).length / 1000);

    expect(textOf('README.md')).toContain(`at most ${kilobytes} kB (minified, gzip)`);
  });
});

describe('what is installed', () => {
  it('is imported by Node.js', async () => {
    const program = `
      import { createLiveItems, withApiKey } from 'live-items';
      const live = createLiveItems({ url: 'no url', authorization: withApiKey('key'), webSocket: class {} });
      await live.ready.catch(({ message }) => console.log(live.status, message));`;

    const { stdout } = await inFolder(project, process.execPath, '--input-type=module', '--eval', program);

    expect(stdout).toBe(
      `failed url is "no url"; it must be the API's URL, which begins with https:// or http://\n`,
    );
  });

  it.each([
    ['a bundler', '--module', 'esnext', '--moduleResolution', 'bundler'],
    ['Node.js', '--module', 'nodenext', '--moduleResolution', 'nodenext'],
  ])('brings types that hold for %s', async (_, ...resolution) => {
    const tsc = join(repository, 'node_modules/typescript7/bin/tsc');
    const flags = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--types',
      '',
      '--lib',
      'es2022,dom',
    ];

    const checked = inFolder(project, process.execPath, tsc, ...flags, ...resolution, 'view.ts');

    await expect(checked).resolves.toMatchObject({ stdout: '' });
  });
});
