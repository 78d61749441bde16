import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeZip } from '../unit/lambda/harness/zip-file.ts';

/*
 * The package as people get it: packed, installed into a folder of its own beside a small CDK app, and used there.
 */

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** Beside the engine. */
const MOST_MEGABYTES = 60;

const run = promisify(execFile);
const project = mkdtempSync(join(tmpdir(), 'appsync-local-'));
const installed = join(project, 'node_modules', 'appsync-local');
let tarball: string;

/** Without what the npm that runs this test has told it. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|VITEST|NODE_ENV$)/i.test(name)),
);
const inProject = (command: string, ...args: string[]) =>
  run(command, args, { cwd: project, env: environment, maxBuffer: 10_000_000 });

beforeAll(async () => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: packageRoot,
    env: environment,
  });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as [
    { filename: string },
  ];
  tarball = join(project, filename);
  cpSync(fileURLToPath(new URL('notes', import.meta.url)), project, { recursive: true });
  await inProject('npm', 'init', '--yes');
  await inProject('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
  // What the app itself needs would take ten times as long to install.
  for (const name of ['aws-cdk-lib', 'constructs', 'tsx']) {
    symlinkSync(join(repository, 'node_modules', name), join(project, 'node_modules', name), 'junction');
  }
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Paths below a folder, with `/`. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const megabytesOf = (folder: string): number =>
  filesIn(folder).reduce((bytes, file) => bytes + statSync(file).size, 0) / 1e6;

describe('the tarball', () => {
  it('has the program and its documentation, and nothing of the repository around it', () => {
    const folders = new Set(filesIn(installed).map((file) => file.slice(installed.length + 1).split(sep)[0]));

    expect([...folders].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'docs',
      'package.json',
    ]);
  });

  it('names no path of the machine it was packed on', () => {
    const places = [repository.replace(/[/\\]$/, ''), homedir()].filter((place) => place.length > 1);
    const naming = filesIn(installed).filter((file) => {
      const text = readFileSync(file, 'latin1');
      return places.some((place) => text.includes(place));
    });

    expect(naming).toEqual([]);
  });

  it('could be published', async () => {
    const { stdout } = await inProject('npm', 'publish', '--dry-run', tarball);

    expect(stdout).toContain('+ appsync-local@');
  });
});

describe('the installation', () => {
  it(`takes at most ${MOST_MEGABYTES} MB beside the engine, in one package`, () => {
    const names = readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'));

    expect(names.sort()).toEqual(['@dynoxide', 'appsync-local', 'aws-cdk-lib', 'constructs', 'tsx']);
    expect(megabytesOf(installed)).toBeLessThan(MOST_MEGABYTES);
  });
});

/** Runs `npx appsync-local …` until the test ends. @returns what it printed by the time it was ready */
async function serve(...args: string[]): Promise<string> {
  // A process group of its own, for npx ends without what it runs.
  const child = spawn('npx', ['appsync-local', ...args], { cwd: project, env: environment, detached: true });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    process.kill(-child.pid!);
    await closed;
  });
  let printed = '';
  child.stdout.on('data', (text) => (printed += String(text)));
  child.stderr.on('data', (text) => (printed += String(text)));
  await Promise.race([expect.poll(() => printed).toMatch(/^Ready in /m), closed]);
  return printed;
}

/** How to call the server that printed this. */
function callerOf(printed: string) {
  const origin = /^Console URL +(\S+)\/$/m.exec(printed)![1]!;
  const ask = async (query: string): Promise<unknown> => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'da2-localdevkey000000000000000' },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  return { origin, ask };
}

describe('npx appsync-local', () => {
  it('runs a SAM template, with a Lambda function in a zip file', async () => {
    const code = 'exports.handler = async () => 42;';
    writeZip(join(project, 'answer.zip'), [{ name: 'index.js', text: code }]);

    const { ask } = callerOf(await serve('--template', 'sam.yaml', '--memory', '--port', '0'));

    expect(await ask('{ answer }')).toEqual({ data: { answer: '42' } });
  });

  it('names its own commands', async () => {
    const { stdout } = await inProject('npx', 'appsync-local', '--help');

    expect(stdout).toContain('Usage: npx appsync-local [options]');
    expect(stdout).not.toMatch(/npm (start|run)/);
  });

  it('synthesizes and runs the app of the folder, with its Lambda functions, its console and EvaluateCode', async () => {
    const printed = await serve('--memory', '--port', '0');
    const { origin, ask } = callerOf(printed);

    expect(await ask('mutation { saveNote(id: "1", text: "Hello") { id } }')).toEqual({
      data: { saveNote: { id: '1' } },
    });
    expect(await ask('{ note(id: "1") { text } count }')).toEqual({
      data: { note: { text: 'Hello' }, count: 1 },
    });
    for (const asset of ['main.js', 'page.css']) {
      expect(await fetch(`${origin}/console/${asset}`)).toHaveProperty('status', 200);
    }
    const evaluated = await fetch(`${origin}/v1/dataplane-evaluatecode`, {
      method: 'POST',
      body: JSON.stringify({
        runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
        code: readFileSync(join(project, 'resolvers/note.js'), 'utf8'),
        context: '{"arguments": {"id": "7"}}',
        function: 'request',
      }),
    });
    expect(
      JSON.parse(((await evaluated.json()) as { evaluationResult: string }).evaluationResult),
    ).toMatchObject({ operation: 'GetItem', key: { id: { S: '7' } } });
    expect(existsSync(join(project, '.local'))).toBe(false);
  });

  it('checks the app’s code', async () => {
    const { stdout } = await inProject('npx', 'appsync-local', 'check');

    expect(stdout).toBe('Checked 1 GraphQL API and 2 code units: AppSync would accept all.\n');
  });
});

describe('a test suite', () => {
  it.each(['suite.mjs', 'suite.cjs'])('starts the API and evaluates handlers: %s', async (file) => {
    const { stdout } = await inProject(process.execPath, file);

    expect(stdout).toBe('passed\n');
  });

  it('has types that need no other package', async () => {
    const tsc = join(repository, 'node_modules', 'typescript7', 'bin', 'tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom', '--types', ''];

    await inProject(process.execPath, tsc, ...options, 'types.mts', 'types.cts');
  });

  // What `cdk init` wrote for years: `"module": "commonjs"`. This resolution knows no exports, and TypeScript 7 does not have it.
  it('has types for a project whose modules are resolved as by Node.js 10', async () => {
    const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    const older = ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0'];

    await inProject(
      process.execPath,
      tsc,
      ...['--noEmit', '--strict', ...older, '--lib', 'es2023,dom', 'types.cts'],
    );
  });
});
