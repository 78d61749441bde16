import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, extendSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONTEXT } from '../../infra/stage-settings.ts';
import { FLAGS } from '../../packages/appsync-local/src/cli/options.ts';
import { type ServerProcess, startServer } from '../../packages/appsync-local/tests/harness/port-target.ts';
import { masked } from './harness/masked.ts';
import {
  type Block,
  blocksOf,
  exchangesOf,
  page,
  pages,
  plain,
  root,
  section,
  tableRows,
} from './harness/pages.ts';

const run = promisify(execFile);
const readme = page('README.md');
const clients = page('docs/clients.md');
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
    .scripts,
);

describe('graphql blocks', () => {
  const sdl = ['schema/aws.graphql', 'schema/schema.graphql'].map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const additions = blocksOf(readme).filter(({ info }) => info === 'schema/schema.graphql');
  const schema = additions.reduce(
    (base, { text }) => extendSchema(base, parse(`extend type Query {\n${text}\n}`)),
    buildSchema(sdl.join('\n')),
  );
  const documents = pages()
    .flatMap(blocksOf)
    .filter((block) => block.language === 'graphql' && !additions.some(({ text }) => text === block.text));

  test.each(documents.map((block): [string, Block] => [`${block.file}:${block.line}`, block]))(
    '%s fits the schema',
    (_, { text }) => {
      expect(validate(schema, parse(text))).toEqual([]);
    },
  );

  test('there are some', () => {
    expect(documents.length).toBeGreaterThan(10);
  });
});

describe('what README and docs/clients.md run', () => {
  let server: ServerProcess;
  let directory: string | undefined;
  const here = (text: string): string => text.replaceAll('localhost:4000', new URL(server.origin).host);

  // Not while the tests are collected: those that are left out, or cannot be loaded, end without afterAll.
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'readme-'));
    server = await startServer(['--port', '0', '--data', directory]);
  });

  afterAll(async () => {
    await server?.stop();
    if (directory !== undefined) {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test('npm start prints the lines of the first screen', () => {
    const printed = blocksOf(section(readme, '## Run it')).find(({ language }) => language === 'text')!.text;

    expect(startLines(server.output)).toEqual(startLines(printed));
  });

  const curls = [readme, clients]
    .flatMap((from) => exchangesOf(from, 'sh'))
    .filter(({ asked }) => asked.text.startsWith('curl'));

  test.each(curls.map(({ asked, answer }) => [`${asked.file}:${asked.line}`, asked.text, answer] as const))(
    'the curl of %s is answered as the page says',
    async (_, command, answer) => {
      const { stdout } = await run('bash', ['-c', here(command)], {
        cwd: root,
        env: { ...process.env, PORT: new URL(server.origin).port },
      });

      expect(masked(JSON.parse(stdout))).toEqual(masked(JSON.parse(answer)));
    },
  );

  test('all three authorization modes have their curl', () => {
    const text = curls.map(({ asked }) => asked.text).join('\n');

    expect(text).toMatch(/x-api-key:/);
    expect(text).toMatch(/npm run -s token/);
    expect(text).toMatch(/--aws-sigv4/);
  });

  /** What a subscriber of a page prints until it has heard of the README's first put. */
  async function heardOfPut(subscriber: Block): Promise<string> {
    const program = ['--input-type=module', '-e', here(subscriber.text)];
    const child = spawn(process.execPath, program, { cwd: root });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += String(chunk)));
    child.stderr.on('data', (chunk) => (printed += String(chunk)));
    const heard = (text: RegExp): Promise<void> =>
      vi.waitFor(() => expect(printed).toMatch(text), { timeout: 45_000, interval: 20 });

    try {
      await heard(/subscribed/);
      await run('bash', ['-c', here(curls[0]!.asked.text)]);
      await heard(/id: 'desk-1'/);
    } finally {
      child.kill();
    }
    return printed;
  }

  // part: change-feed
  test('the subscriber of the first screen hears of a put', async () => {
    const program = blocksOf(section(readme, '## Call it')).find(({ language }) => language === 'js')!;

    expect(await heardOfPut(program)).toMatch(/payload: '{"width":120}'/);
  });
  // end: change-feed

  test('the signed subscriber hears of a put, after a signed query', async () => {
    const program = blocksOf(clients).find(({ info }) => info === 'signing')!;

    expect(await heardOfPut(program)).toMatch(/^{ getItem: .*}\nsubscribed\n{ id: 'desk-1', version: \d+ }/);
  });
});

/** What stays the same from start to start; the Node.js note is there only where the versions differ. */
function startLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.includes(' deployed on nodejs'))
    .map((line) =>
      line
        .replace(/(localhost|127\.0\.0\.1):\d+/, '$1:N')
        .replace(/^Data .*/, 'Data')
        // Made of the stack's name.
        .replace(/^(User pool +\S+_)\S+, client \S+/, '$1')
        .replace(/^(CA file\s+)\S*(tls\/ca\.pem)/, '$1$2')
        .replace(/ kept in \S*(queues\/)/, ' kept in $1')
        .replace(/in [\d.]+ s/, 'in N s')
        // One more group, function or alarm changes the stack, and nothing of what the page says.
        .replace(/\b\d+ (AWS::)/g, 'N $1'),
    );
}

test('the options are those of the command, in its words', () => {
  const rows = tableRows(page('packages/appsync-local/docs/options.md'));

  expect(rows.map(([option = '', says]) => [plain(option), says])).toEqual(
    Object.entries(FLAGS).map(([name, { value, says }]) => [
      value ? `--${name} ${value}` : `--${name}`,
      says,
    ]),
  );
});

test('the CDK context keys are those the stage reads', () => {
  const rows = tableRows(section(readme, '## Configuration')).map(([key = '']) => plain(key));

  expect(rows.filter((key) => !Object.hasOwn(CONTEXT, key))).toEqual([]);
  expect(
    tableRows(section(page('docs/operations.md'), '## Settings')).map(([key = '']) => plain(key)),
  ).toEqual(Object.keys(CONTEXT));
});

test('every npm script that a page names exists', () => {
  // Changelogs name what there was.
  const today = pages().filter(({ file }) => !file.endsWith('CHANGELOG.md'));
  const code = today.flatMap(({ text }) => text.match(/^```[\s\S]*?^```$|`[^`\n]+`/gm) ?? []);
  const named = code.flatMap((text) =>
    [...text.matchAll(/npm (?:run (?:-s )?)?([a-z][a-z:-]*)/g)].map(([, name]) => name!),
  );

  const npmsOwn = ['ci', 'install', 'i', 'run', 'audit', 'pack', 'publish'];
  expect([...new Set(named)].filter((name) => !scripts.includes(name) && !npmsOwn.includes(name))).toEqual(
    [],
  );
});

test('the table of commands has every script but the parts of others', () => {
  const listed = tableRows(section(page('CONTRIBUTING.md'), '## Commands')).map(([command = '']) =>
    plain(command).split(' ').at(-1)!,
  );

  expect(listed.sort()).toEqual(scripts.filter((name) => !name.includes(':')).sort());
});
