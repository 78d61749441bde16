import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Copy } from '../adopter/harness/copy.ts';
import { type Film, openFilm } from './harness/film.ts';
import { masked } from './harness/masked.ts';
import { type Block, blocksOf, page, root } from './harness/pages.ts';

/*
 * docs/first-hour.md, done from the top to the bottom in a copy of the project. With FILM=1 and Chromium it takes the pictures of the page anew.
 */

const run = promisify(execFile);
const guide = page('docs/first-hour.md');
const START = 'npm run dev';

let copy: Copy;
let server: ChildProcess;
/** What the server printed. */
let printed = '';
let origin = '';
let film: Film | undefined;

beforeAll(async () => {
  copy = new Copy();
  mkdirSync(join(copy.folder, '.local'), { recursive: true });
  server = spawn('npm', ['run', 'dev', '--', '--port', '0'], {
    cwd: copy.folder,
    // npm passes no signal on to what it runs.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [server.stdout!, server.stderr!]) {
    stream.on('data', (chunk) => (printed += stripVTControlCharacters(String(chunk))));
  }
  await vi.waitFor(() => expect(printed).toMatch(/^Ready in /m), { timeout: 170_000, interval: 100 });
  origin = /^GraphQL URL\s+(\S+)\/graphql$/m.exec(printed)![1]!;
  film = process.env.FILM ? await openFilm(origin, join(root, 'docs/first-hour')) : undefined;
}, 180_000);

afterAll(async () => {
  await film?.close();
  await stop();
  copy?.delete();
});

async function stop(): Promise<void> {
  if (server?.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    process.kill(-server.pid!, 'SIGTERM');
    await ended;
  }
}

/** Without what differs from run to run: times, ids, bars and gaps. */
const flat = (line: string): string =>
  line
    .replace(/█+/g, '')
    .replace(/\d+(\.\d+)? ms/g, '… ms')
    .replace(/\s+/g, ' ')
    .trim();

/** Each line of a block is a part of one that was printed. */
function hasLines(text: string, { text: expected }: Block): void {
  const lines = text.split('\n').map(flat);
  const missing = expected
    .split('\n')
    .map(flat)
    .filter((line) => !lines.some((one) => one.includes(line)));
  expect(missing, text).toEqual([]);
}

/** Makes the change that a block shows, as an editor would. */
function apply({ info, text }: Block): void {
  const lines = text.trimEnd().split('\n');
  const side = (sign: '+' | '-'): string =>
    lines.flatMap((line) => (line[0] === sign || line[0] === ' ' ? [line.slice(1)] : [])).join('\n');
  copy.edit(info, side('-'), () => side('+'));
}

const isStart = ({ text }: Block): boolean => text.includes(START);
const stopsBefore = ({ text }: Block): boolean => text.includes('data save');

test('the page begins with the start', () => {
  expect(blocksOf(guide).filter(isStart)).toHaveLength(1);
});

test('every command does what the page says, from its top to its bottom', { timeout: 240_000 }, async () => {
  /** What the last command printed, or undefined after a change of a file, which the server tells of. */
  let output: string | undefined;
  let seen = 0;
  for (const block of blocksOf(guide).filter((one) => !isStart(one))) {
    switch (block.language) {
      case 'sh':
        if (stopsBefore(block)) {
          await film?.take(5);
          await stop();
        }
        output = await shell(block.text);
        break;
      case 'json':
        expect(masked(JSON.parse(output!))).toEqual(masked(JSON.parse(block.text)));
        await film?.take(1);
        break;
      case 'diff':
        output = undefined;
        seen = printed.length;
        apply(block);
        break;
      case 'text':
        if (output === undefined) {
          await expect.poll(() => printed.slice(seen), { timeout: 60_000 }).toMatch(/^\[watch\] .* ms$/m);
          await vi.waitFor(() => hasLines(printed.slice(seen), block), { timeout: 10_000 });
          await (block.text.includes('not applied') ? film?.take(4) : undefined);
        } else {
          hasLines(output, block);
          await film?.take(output.startsWith('mutation') ? 2 : 3);
        }
        break;
      default:
        throw new Error(`${block.file}:${block.line}: what is a block of ${block.language}?`);
    }
  }
  expect(output).toContain('first-hour');
});

async function shell(text: string): Promise<string> {
  const { host, port } = new URL(origin);
  const { stdout } = await run('bash', ['-ec', text.replaceAll('localhost:4000', host)], {
    cwd: copy.folder,
    env: { ...process.env, PORT: port },
  });
  return stdout;
}
