import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  pid: number;
  /** Resolves once stdout matches. @throws Error when the demo ends before */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts the demo as `npm run demo` does, not on a terminal. */
function startDemo(...args: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/demo/demo.ts', ...args], {
    cwd: root,
    env: { ...process.env, NODE_NO_WARNINGS: '1' }, // stderr is for the demo's own words
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const ended: Run['ended'] = new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    pid: child.pid!,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(stdout);
          if (match) {
            resolve(match);
          }
        };
        child.stdout.on('data', look);
        child.once('close', () => reject(new Error(`no ${pattern} in: ${stdout}${stderr}`)));
        look();
      }),
    signal: (signal) => child.kill(signal),
    ended,
  };
}

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child!);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('shows the whole tour in at most 45 lines and exits with 0', async () => {
  const { code, stdout, stderr } = await startDemo().ended;

  expect(stderr).toBe('');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(45); // 50 with npm's own four and the prompt
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(stdout).not.toContain('\x1b');
  for (const shown of [
    /^1 start .*\n.*← Ready at http:\/\/localhost:\d+\/graphql +\d+ ms$/m,
    /^2 put .*itemKinds.*\n.*← country, product; .*cold start.* ms$/m,
    /← 250 items in \d+\.\d\d s; each p50 [\d.]+ ms, p99 [\d.]+ ms/,
    /^3 read .*\n.*← {"id":"country-CHE","kind":"country","version":1,"payload":{"area":41284,…},…} +[\d.]+ ms$/m,
    /← (country-[A-Z]{3} ){5}\+ nextToken +[\d.]+ ms$/m,
    /^4 subscribe .*\n.*← start_ack .*ms\n.*putItem.*\n.*← event {"id":"note-1","version":1,.* ms$/m,
    /^5 change .*\n.*"version":2,.*\n.*updateItem.*\n.*"version":3,.* ms$/m,
    /^6 conflict .*\n.*← Conflict version_differs {"expectedVersion":1,"currentVersion":3} +[\d.]+ ms\n.*\n +current item {"id":"note-1","version":3/m,
    /^7 validate .*\n.*\n.*← ValidationFailed .* ms\n +path +rule +message$/m,
    /^ +\/name +required +is required$/m,
    /^ +\/sku +pattern +must match .*, not "PEN 1"$/m,
    /^ +\/price\/amountMinor +minimum +must be at least 0, not -1$/m,
    /^ +\/gtin +gtin +must end in the check digit 1, not "4006381333932"$/m,
    /^8 delete .*\n.*← {"id":"note-1","version":3,/m,
    /^Latencies in ms +count +p50 +p99 +max/m,
    /^Lambda cold start +1 /m,
    /^putValidatedItem +251 +[\d.]+ +[\d.]+ +[\d.]+ /m,
    /^Next: npm start, .*http:\/\/localhost:4000\/ /m,
  ]) {
    expect(stdout).toMatch(shown);
  }
});

test('Ctrl-C ends the tour and its server', async () => {
  const run = startDemo();
  await run.printed(/16 at a time/);
  const [server] = childrenOf(run.pid);

  run.signal('SIGINT');
  run.signal('SIGINT'); // npm passes the terminal's Ctrl-C on once more
  const { code, stderr } = await run.ended;

  expect(code).toBe(130);
  expect(stderr).toBe('');
  expect(server).toBeGreaterThan(0);
  expect(isRunning(server!)).toBe(false);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while the server is starting leaves no process behind', async (signal, status) => {
  const run = startDemo();
  await run.printed(/appsync-local\.mjs/);
  const [server] = childrenOf(run.pid);

  run.signal(signal);
  const { code, stdout } = await run.ended;

  expect(code).toBe(status);
  expect(stdout).not.toContain('2 put');
  expect(isRunning(server!)).toBe(false);
});

test('says in one line when the server ends, and exits with 1', async () => {
  const run = startDemo();
  await run.printed(/16 at a time/);

  childrenOf(run.pid).forEach((server) => process.kill(server, 'SIGKILL'));
  const { code, stderr } = await run.ended;

  expect(code).toBe(1);
  expect(stderr).toBe('The tour ended early: the server ended by SIGKILL\n');
});

test('--help tells what it does, and an unknown option is refused in one line', async () => {
  const [help, unknown] = await Promise.all([startDemo('--help').ended, startDemo('--quick').ended]);

  expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Usage: npm run demo') });
  expect(unknown).toEqual({
    code: 1,
    stdout: '',
    stderr: "Unknown option '--quick'; see npm run demo -- --help\n",
  });
});
