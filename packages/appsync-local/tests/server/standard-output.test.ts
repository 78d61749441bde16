import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { command, run } from './harness/command.ts';
import { graphql, startLocal } from './harness/local-server.ts';

const LIST = '{ listItems { items { id } } }';

describe('standard output that takes no more', () => {
  it('ends --follow when its reader has gone', async () => {
    const server = await startLocal(['--memory']);
    const { port } = new URL(server.origin);
    const following = spawn(process.execPath, [command, 'trace', '--follow', '--port', port], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void following.kill('SIGKILL'));
    let stderr = '';
    following.stderr.on('data', (text) => (stderr += String(text)));
    const ended = once(following, 'exit');
    const asking = setInterval(() => void graphql(server.origin, LIST), 300);
    onTestFinished(() => clearInterval(asking));

    await once(following.stdout, 'data');
    following.stdout.destroy();

    expect(await ended).toEqual([1, null]);
    expect(stderr).toBe('');
  });

  it.skipIf(process.platform !== 'linux')('is a failure of a command whose answer is lost', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const child = spawn(process.execPath, [command, 'data', 'list', '--data', '/nonexistent'], {
      stdio: ['ignore', full, 'pipe'],
    });
    let stderr = '';
    child.stderr!.on('data', (text) => (stderr += String(text)));

    const [code] = (await once(child, 'close')) as [number];

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'standard output cannot be written (ENOSPC)\n' });
  });

  it('does not end a server, whose log lines are lost', async () => {
    const server = await startLocal(['--memory', '--timing']);
    server.process.stdout!.destroy();
    server.process.stderr!.destroy();

    for (let round = 0; round < 4; round += 1) {
      expect(await graphql(server.origin, LIST)).toEqual({ listItems: { items: [] } });
    }

    expect(server.process.exitCode).toBeNull();
  });
});

describe('an option that npm has kept for itself', () => {
  const kept = { npm_lifecycle_event: 'start', npm_config_memory: 'true', npm_config_last: 'true' };

  it('refuses the start', async () => {
    expect(await run('start', [], kept)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'npm took --memory for an option of its own: write -- before it, npm run start -- --memory …; see npx appsync-local --help\n',
    });
  });

  it('is not looked for where npx was asked', async () => {
    const { code, stdout } = await run('start', ['--help'], { ...kept, npm_lifecycle_event: 'npx' });

    expect({ code, stdout: stdout.split('\n')[0] }).toEqual({
      code: 0,
      stdout: 'Runs the GraphQL API of a CDK app, or of a CloudFormation or SAM template, on this machine.',
    });
  });
});
