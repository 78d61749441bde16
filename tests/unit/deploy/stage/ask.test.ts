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
  `import { endCommand } from '${root}/deploy/end-command.ts';
   import { askHidden, askPassword } from '${root}/deploy/stage/ask.ts';
   await endCommand(async () => {
     console.log(JSON.stringify([await askPassword('Password'), await askHidden('Code')]));
     return 0;
   });`,
);

/** Types each answer once its question is there. */
async function atTerminal(...answers: [question: string, keys: string][]) {
  const command = `'${process.execPath}' --import tsx '${program}'`;
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

describe.skipIf(!hasTerminal)('a hidden question on a terminal', () => {
  it('takes what is typed, corrections too, and shows none of it', async () => {
    const asked = await atTerminal(['Password: ', 's\u00e9cret?\x7f!\r'], ['Code: ', '123456\r']);

    expect(asked).toEqual({ code: 0, lines: ['Password: ', 'Code: ', '["s\u00e9cret!","123456"]'] });
  });

  it.each([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ])('ends in one line at %s', async (_, key) => {
    const asked = await atTerminal(['Password: ', key]);

    expect(asked).toEqual({ code: 1, lines: ['Password: ', 'stopped: no password was given'] });
  });
});
