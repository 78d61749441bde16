import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  scripts: Record<string, string>;
};

/** The other tests run these programs bundled. */
test.each(['import', 'export', 'seed', 'backup', 'restore'])(
  'npm run %s starts from its source',
  async (script) => {
    const [, ...words] = scripts[script]!.split(' ');

    const { stdout } = await promisify(execFile)(process.execPath, [...words, '--help'], { cwd: root });

    expect(stdout).toContain(`npm run ${script}`);
  },
);
