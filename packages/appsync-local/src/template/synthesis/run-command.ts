import { spawn, type ChildProcessByStdio, type SpawnOptionsWithStdioTuple } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { endDescendants } from '../../ground/end-descendants.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import { parseNodeProgram, programArguments } from './app-command.ts';
import { errorLines } from './error-lines.ts';

/**
 * Runs a command of cdk.json in its project and captures its output.
 *
 * A Node.js program runs without a shell and without npx, which would load npm first. It runs in a process because a thread has no working
 * directory and no standard streams of its own: NodejsFunction has esbuild write to these.
 * @param signal ends the command at once, with everything that it started
 * @throws StartFailure with the first lines of the program's own message when it fails; the reason of `signal` when that ended it
 */
export async function runCommand(
  command: string,
  directory: string,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const failure = await run(start(command, directory, env), signal);
  signal?.throwIfAborted();
  if (failure !== undefined) {
    throw commandFailure(command, failure);
  }
}

function start(command: string, cwd: string, env: NodeJS.ProcessEnv): Started {
  const program = parseNodeProgram(command, cwd);
  const options: Captured = { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] };
  return program === undefined
    ? spawn(command, { ...options, shell: true })
    : spawn(process.execPath, programArguments(program), options);
}

type Captured = SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'>;
type Started = ChildProcessByStdio<null, Readable, Readable>;

/** @param failure such as `failed: Error: …` */
export const commandFailure = (command: string, failure: string): StartFailure =>
  new StartFailure(`the CDK app could not be synthesized: '${command}' ${failure}`);

/** `failed: Error: …`; undefined after success. */
type Failure = string | undefined;

const failed = (exitCode: number, output: string): Failure =>
  exitCode === 0 ? undefined : `failed: ${errorLines(output) || `exit code ${exitCode}`}`;

async function run(child: Started, signal: AbortSignal | undefined): Promise<Failure> {
  const stop = (): void => {
    endDescendants();
    child.kill('SIGKILL');
    // A program that has a group of its own may keep these open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  signal?.addEventListener('abort', stop, { once: true });
  const ended = new Promise<number | NodeJS.Signals>((settle, reject) =>
    child.once('close', (exitCode, signal) => settle(exitCode ?? signal!)).once('error', reject),
  );
  try {
    const [end, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return typeof end === 'string' ? `was ended by ${end}` : failed(end, errors.trim() || output);
  } catch (error) {
    return `could not be started: ${(error as Error).message}`;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
