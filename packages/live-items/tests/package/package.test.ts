import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
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
  await inFolder(
    project,
    'npm',
    'install',
    '--omit=peer',
    '--offline',
    '--no-audit',
    '--no-fund',
    join(project, filename),
  );
});
beforeAll(() => {
  ['happy-dom', 'react', 'react-dom'].forEach((name) =>
    symlinkSync(join(repository, 'node_modules', name), join(project, 'node_modules', name)),
  );
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const textOf = (file: string): string => readFileSync(join(installed, file), 'utf8');
const filesIn = (folder: string): string[] => readdirSync(join(installed, folder)).sort();
/** Files below `dist`, by their paths in it. */
const built = (): string[] =>
  readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(join(installed, 'dist'), join(parentPath, name)))
    .sort();

describe('the tarball', () => {
  it('has the modules, their types and their pages, and nothing else', () => {
    expect(filesIn('.')).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(built().filter((name) => !/^(react\/)?[\w-]+\.d\.ts$/.test(name))).toEqual([
      'index.js',
      'react/index.js',
      expect.stringMatching(/^shared-\w+\.js$/),
    ]);
  });

  it('names only files that it has, none of them a source', () => {
    const named = built().flatMap((file) =>
      [...textOf(`dist/${file}`).matchAll(/(?:\bfrom |\bimport\()["']([^"']+)/g)].map(([, name]) =>
        name === 'react' ? name : join(file, '..', name!),
      ),
    );

    expect(named).toContain('types.js');
    expect(
      [...new Set(named)].filter(
        (name) => !built().includes(name) && !built().includes(name.replace(/\.js$/, '.d.ts')),
      ),
    ).toEqual(['react']);
  });

  /** Of a page that imports it, minified and compressed. */
  async function kilobytes(program: string): Promise<number> {
    const { outputFiles } = await build({
      stdin: { contents: program, resolveDir: project },
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      external: ['react'],
      write: false,
    });
    return Math.ceil(gzipSync(outputFiles[0]!.contents).length / 1000);
  }

  it('is as small as its page says', async () => {
    const sizes = await Promise.all(
      [
        `export { createLiveItems, withToken } from 'live-items'`,
        `export * from 'live-items'`,
        `export * from 'live-items'; export * from 'live-items/react'`,
      ].map(kilobytes),
    );

    const page = textOf('README.md').replaceAll(/\s+/g, ' ');
    const [, ...said] =
      /(\d+) kB for the view alone, (\d+) kB with queries and writes, (\d+) kB with React's hooks \(minified, gzip\)/.exec(
        page,
      ) ?? [];
    // An API without kinds has a client that is up to a kilobyte smaller.
    const more = said.map((kilobytes, index) => Number(kilobytes) - sizes[index]!);
    expect(more).toHaveLength(3);
    expect(Math.min(...more)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...more)).toBeLessThanOrEqual(1);
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
    ['a bundler', 'typescript7', '--module', 'esnext', '--moduleResolution', 'bundler', '--types', ''],
    ['Node.js', 'typescript7', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''],
    // Knows no exports; older projects of React Native and the CDK have it.
    ['Node.js 10', 'typescript', ...['--moduleResolution', 'node10', '--ignoreDeprecations', '6.0']],
  ])('brings types that hold for %s', async (_, compiler, ...resolution) => {
    const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
    const flags = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--lib', 'es2022,dom'];

    const checked = inFolder(project, process.execPath, tsc, ...flags, ...resolution, 'view.ts');

    await expect(checked).resolves.toMatchObject({ stdout: '' });
  });

  it('renders with React', async () => {
    const { stdout } = await inFolder(project, process.execPath, 'hooks.mjs');

    expect(stdout.split('\n')).toEqual([
      'React 19',
      'on a server: connecting:',
      'in a page: failed:',
      'put: refused',
      '',
    ]);
  });
});
