import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { projectRoot } from '../../packages/appsync-local/tests/server/harness/command.ts';

/** The same choices each time, so that a change is judged and not the luck of a seed; longer runs take new ones. */
const SEED = '20261129';
/** Only to end what hangs: a brief run ends by its counts, or after four minutes of work. */
const PATIENCE_MS = 900_000;

/* All three parts in brief; .github/workflows/ci.yml runs the quick run, three times as long, in a job of its own. */
it('finds nothing lost, leaked or answered wrongly in a brief run', { timeout: PATIENCE_MS }, async () => {
  const { code, output } = await torture('--brief', '--seed', SEED);

  expect(code, output).toBe(0);
  expect(output).toContain(`Seed ${SEED}`);
  for (const part of ['durability', 'inputs', 'callers']) {
    expect(output).toMatch(new RegExp(`^${part} +[1-9].* 0 +0 +0$`, 'm'));
  }
});

async function torture(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/torture/run.ts', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
