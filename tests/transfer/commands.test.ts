import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from './harness/tables.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

const run = async (args: string[], cwd: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, args, { cwd })).stdout;

test.each(['import', 'export', 'seed', 'backup', 'restore'])(
  'npm run %s starts from its source',
  async (script) => {
    const [, ...words] = scripts[script]!.split(' ');

    const stdout = await run([...words, '--help'], root);

    expect(stdout).toContain(`npm run ${script}`);
  },
);

test('a program is made anew when one of its sources has changed, and only then', async () => {
  const folder = temporaryFolder();
  for (const name of ['transfer', 'node_modules']) {
    mkdirSync(join(folder, name));
  }
  cpSync(join(root, 'transfer', 'run.mjs'), join(folder, 'transfer', 'run.mjs'));
  symlinkSync(join(root, 'node_modules', 'esbuild'), join(folder, 'node_modules', 'esbuild'));
  writeFileSync(
    join(folder, 'transfer', 'import.ts'),
    "import { said } from './said.ts';\nconsole.log(said, import.meta.url, ...process.argv.slice(2));",
  );
  const after = (said: string): Promise<string> => {
    writeFileSync(join(folder, 'transfer', 'said.ts'), `export const said: string = '${said}';`);
    return run(['transfer/run.mjs', 'import', 'FILE'], folder);
  };

  const first = await after('one');
  const again = await run(['transfer/run.mjs', 'import', 'FILE'], folder);
  const changed = await after('other');

  expect(first).toMatch(/^one \S+ FILE\n$/);
  expect(again).toBe(first);
  expect(changed).toMatch(/^other \S+ FILE\n$/);
});
