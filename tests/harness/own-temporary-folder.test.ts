import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = join(tmpdir(), 'own-temporary-folder-test');
mkdirSync(folder);
afterAll(() => rmSync(folder, { recursive: true }));

/** A run of tests in small. @returns how it ended, what it said, and its temporary folder */
async function run(program: string): Promise<{ code: number; errors: string; own: string }> {
  const text = `
    import { mkdtempSync } from 'node:fs';
    import { tmpdir } from 'node:os';
    import { join } from 'node:path';
    import { failForLeftFiles } from './tests/harness/left-behind.ts';
    import { ownTemporaryFolder } from './tests/harness/own-temporary-folder.ts';
    ownTemporaryFolder('small', failForLeftFiles);
    ownTemporaryFolder('small', failForLeftFiles); // a configuration is loaded twice
    const make = (name) => mkdtempSync(join(tmpdir(), name));
    process.stdout.write(tmpdir());
    ${program}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', text], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let own = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (own += String(chunk)));
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, errors, own };
}

test('a run that leaves a folder fails, names it and removes it', async () => {
  const { code, errors, own } = await run("make('forgotten-'); make('lambda-4711-99-');");

  expect(code).toBe(1);
  expect(errors).toMatch(
    /^Tests left 1 files or folders in the temporary folder:\n- forgotten-\w{6}\nRemove them/,
  );
  expect(dirname(own)).toBe(folder);
  expect(existsSync(own)).toBe(false);
});

test('a run that leaves nothing passes', async () => {
  const { code, errors } = await run('process.exit();');

  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(readdirSync(folder).filter((name) => name.startsWith('small-'))).toEqual([]);
});
