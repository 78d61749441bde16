import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { complaintsAbout } from './harness/complaints.ts';
import { blocksOf, page, root } from './harness/pages.ts';

/*
 * docs/front-end.md: its programs are right by their types, in a browser, beside what `npm run types` has written; and that command gets the same
 * from a running server.
 */

const programs = ['docs/front-end.md', 'packages/appsync-local/docs/sign-in.md']
  .flatMap((file) => blocksOf(page(file)))
  .filter(({ language }) => language === 'ts');

/** A page has no types of Node.js. */
const BROWSER = { types: [], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] };

test('its programs are right by their types, and a wrong one would be found', () => {
  // The folder `api` of the page is the one of this project.
  const right = programs.map(({ text }) => text.replaceAll("'./api/", "'./front-end/"));
  const wrong = "import { itemsErrorsOf } from './front-end/errors.js';\nitemsErrorsOf();\n";

  expect(complaintsAbout([...right, wrong], 'schema/generated', BROWSER)).toEqual([
    ...right.map(() => []),
    [expect.stringMatching(/argument/)],
  ]);
});

describe('npm run types with --url', () => {
  const folder = mkdtempSync(join(tmpdir(), 'front-end-'));
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServer(['--port', '0', '--memory']);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const types = (...args: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'schema/front-end/types.ts', '--url', `${server.origin}/graphql`, ...args],
      { cwd: root, env: { ...process.env, INIT_CWD: folder } },
    );

  test('writes what it writes from the schema', async () => {
    const own = join(root, 'schema/generated/front-end');

    const { stdout } = await types('--api-key', LOCAL_API_KEY, '--out', 'api');

    const written = readdirSync(join(folder, 'api'), { recursive: true, encoding: 'utf8' });
    expect(written.sort()).toEqual(readdirSync(own, { recursive: true, encoding: 'utf8' }).sort());
    for (const file of written.filter((name) => name.endsWith('.ts'))) {
      expect(readFileSync(join(folder, 'api', file), 'utf8')).toBe(readFileSync(join(own, file), 'utf8'));
    }
    expect(stdout).toContain('written    api/documents.ts');
  });

  test('says in one line that the key is wrong, and writes nothing', async () => {
    const failure = await types('--api-key', 'da2-wrong', '--out', 'none').catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^.*refuses the credentials.*\n$/),
    });
    expect(readdirSync(folder)).not.toContain('none');
  });
});
