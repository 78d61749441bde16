import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { product } from '../../../../tests/api/harness/product.ts';
import { PATIENCE } from '../harness/patience.ts';
import { temporaryDirectory, writeText } from '../unit/template/harness/written-assembly.ts';
import { command, projectRoot } from './harness/command.ts';
import { graphql, openRealtime, startLocal } from './harness/local-server.ts';
import { commandOf, descendantsOf, stillRunning } from './harness/processes.ts';

// part: validated-items
const PUT_VALIDATED = 'mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { id } }';

/** Starts an environment of the Lambda function. */
const invokeLambda = (origin: string): Promise<unknown> =>
  graphql(origin, PUT_VALIDATED, {
    input: { id: 'marker', kind: 'product', payload: JSON.stringify(product()) },
  });
// end: validated-items

describe.skipIf(process.platform !== 'linux')('a stopped server', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with code 0 on %s, and so does every process it started',
    async (signal) => {
      const server = await startLocal(['--memory']);
      await invokeLambda(server.origin); // part: validated-items
      await openRealtime(server.origin.replace('http', 'ws'));
      const processes = descendantsOf(server.process.pid!);
      const commands = processes.map(commandOf).join('\n');

      const code = await server.stop(signal);

      expect(code).toBe(0);
      expect(commands).toMatch(/dynoxide serve/);
      expect(commands).toMatch(/bootstrap\.cjs/); // part: validated-items
      expect(await stillRunning(processes)).toEqual([]);
    },
  );

  it('leaves nothing running when Ctrl-C reaches the whole terminal', async () => {
    const npm = spawn('npm', ['start', '--', '--memory', '--port', '0'], {
      cwd: projectRoot,
      detached: true, // a process group of its own, as a shell gives each command
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const processes = [npm.pid!];
    onTestFinished(() => processes.forEach(endProcess));
    for await (const line of createInterface({ input: npm.stdout })) {
      if (line.startsWith('Ready')) {
        break;
      }
    }
    processes.push(...descendantsOf(npm.pid!));

    process.kill(-npm.pid!, 'SIGINT');
    await once(npm, 'exit');

    expect(processes.length).toBeGreaterThan(2);
    expect(await stillRunning(processes)).toEqual([]);
  });

  it.each([
    ['a command', '{"app": "sh -c \'sleep 60\' && true"}'],
    ['a program of Node.js, which runs in a thread', '{"app": "node app.js"}'],
  ])('ends at once while %s synthesizes, and leaves no process', async (_, cdkJson) => {
    const folder = temporaryDirectory();
    writeText(folder, 'cdk.json', cdkJson);
    writeText(
      folder,
      'app.js',
      "require('node:child_process').spawn('sleep', ['60']); setInterval(() => {}, 60_000);",
    );
    const server = spawn(process.execPath, [command, '--memory', '--port', '0'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(server, 'exit');
    const started = (): number[] => descendantsOf(server.pid!);
    await vi.waitFor(() => expect(started().map(commandOf).join()).toContain('sleep'), PATIENCE);
    const processes = started();
    onTestFinished(() => [server.pid!, ...processes].forEach(endProcess));

    server.kill('SIGTERM');

    expect(await exited).toEqual([0, null]);
    expect(await stillRunning(processes)).toEqual([]);
  });

  it('says nothing of the app whose synthesis the same signal ends', async () => {
    const folder = temporaryDirectory();
    writeText(folder, 'cdk.json', '{"app": "sleep 60"}');
    const server = spawn(process.execPath, [command, '--memory', '--port', '0'], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => endProcess(server.pid!));
    const lines: string[] = [];
    const exited = once(server, 'exit');

    for await (const line of createInterface({ input: server.stderr })) {
      lines.push(line);
      if (line.startsWith('Synthesizing')) {
        await vi.waitFor(
          () => expect(descendantsOf(server.pid!).map(commandOf).join()).toContain('sleep'),
          PATIENCE,
        );
        process.kill(-server.pid!, 'SIGTERM');
      }
    }

    expect(await exited).toEqual([0, null]);
    expect(lines).toEqual(['Synthesizing: sleep 60']);
  });
});

it.skipIf(process.platform !== 'linux').each([
  ['check', 'SIGTERM'],
  ['check', 'SIGINT'],
  ['evaluate', 'SIGTERM'],
] as const)('%s ends by %s while the app is synthesized, and leaves nothing', async (name, signal) => {
  const folder = temporaryDirectory();
  writeText(folder, 'cdk.json', '{"app": "sh -c \'sleep 60\' && true"}');
  const child = spawn(process.execPath, [command, name, ...(name === 'evaluate' ? ['Query.note'] : [])], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  await vi.waitFor(
    () => expect(descendantsOf(child.pid!).map(commandOf).join()).toContain('sleep'),
    PATIENCE,
  );
  const processes = descendantsOf(child.pid!);
  onTestFinished(() => [child.pid!, ...processes].forEach(endProcess));

  child.kill(signal);

  expect(await exited).toEqual([null, signal]);
  expect(await stillRunning(processes)).toEqual([]);
});

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}
