import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../../../infra/paths.ts';

/* A terminal is made by util-linux's `script`; elsewhere there is none to ask at. */
const hasTerminal =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

const folder = mkdtempSync(join(tmpdir(), 'ask-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = join(folder, 'ask.mts');
writeFileSync(
  program,
  `import { setTimeout as sleep } from 'node:timers/promises';
   import { endCommand } from '${root}/deploy/end-command.ts';
   import { HiddenPrompt } from '${root}/deploy/stage/ask.ts';
   await endCommand(async () => {
     const prompt = new HiddenPrompt();
     try {
       const password = await prompt.password('Password');
       console.error('signing in');
       await sleep(Number(process.argv[2]));
       console.log(JSON.stringify([password, await prompt.ask('Code')]));
     } finally {
       prompt.close();
     }
     return 0;
   });`,
);

/** Types each answer once what it waits for is there. @param ms that signing in takes */
async function atTerminal(ms: number, ...answers: [question: string, keys: string][]) {
  const command = `'${process.execPath}' --import tsx '${program}' ${ms}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: root,
    env: { ...process.env, STAGE_PASSWORD: '', NODE_NO_WARNINGS: '1' },
  });
  let shown = '';
  child.stdout.on('data', (chunk) => {
    shown += String(chunk);
    if (answers.length > 0 && shown.endsWith(answers[0]![0])) {
      child.stdin.write(answers.shift()![1]);
    }
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, lines: shown.trimEnd().split(/\r?\n/) };
}

// Ended by the test.
const NEVER_ENDS = 600_000;

describe.skipIf(!hasTerminal)('hidden questions on a terminal', () => {
  it('take what is typed, corrections too, and show none of it', async () => {
    const asked = await atTerminal(0, ['Password: ', 's\u00e9cret?\x7f!\r'], ['Code: ', '123456\r']);

    expect(asked).toEqual({
      code: 0,
      lines: ['Password: ', 'signing in', 'Code: ', '["s\u00e9cret!","123456"]'],
    });
  });

  it('take what is pasted at once, or typed ahead of its question, and show none of it', async () => {
    const pasted = await atTerminal(0, ['Password: ', 'secret\r123456\r']);
    const ahead = await atTerminal(500, ['Password: ', 'secret\r'], ['signing in\r\n', '123456\r']);

    const all = {
      code: 0,
      lines: ['Password: ', 'signing in', 'Code: ', '["secret","123456"]'],
    };
    expect([pasted, ahead]).toEqual([all, all]);
  });

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('end in one line at %s', async (_, key) => {
    const asked = await atTerminal(0, ['Password: ', key]);

    expect(asked).toEqual({ code: 1, lines: ['Password: ', 'stopped: no password was given'] });
  });

  it('leave Ctrl-C its meaning while AWS is waited for', async () => {
    const asked = await atTerminal(NEVER_ENDS, ['Password: ', 'secret\r'], ['signing in\r\n', '\x03']);

    expect(asked).toEqual({ code: 130, lines: ['Password: ', 'signing in'] });
  });
});
