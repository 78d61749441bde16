import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { NodeProgram } from '../app-command.ts';
import { captureOutput } from './capture-output.ts';
import { isOfProject, RUN } from './module-address.ts';
import { untilIdle } from './until-idle.ts';

/** The program has called `process.exit`. */
class Exited extends Error {}

/**
 * Runs a program in this process as if it had one to itself: with fresh modules, until nothing is left to do.
 * @returns the output of a program that failed; undefined after success
 */
export async function runProgram(program: NodeProgram, run: number): Promise<string | undefined> {
  forgetModules();
  const output = captureOutput();
  process.argv.splice(1, process.argv.length, program.file, ...program.args);
  process.exitCode = undefined;
  const exit = process.exit;
  let thrown: unknown;
  const fail = (error: unknown): void => void (thrown ??= error);
  process.exit = (code) => {
    process.exitCode = code ?? process.exitCode ?? 0;
    throw new Exited('process.exit');
  };
  process.on('uncaughtException', fail);
  try {
    const ended = untilIdle();
    await Promise.all([import(`${pathToFileURL(program.file).href}?${RUN}=${run}`).catch(fail), ended]);
  } finally {
    process.off('uncaughtException', fail);
    process.exit = exit;
    output.end();
  }
  const exitCode = process.exitCode ?? 0;
  process.exitCode = undefined;
  if (thrown !== undefined && !(thrown instanceof Exited)) {
    return `${output.errors()}\n${stackOf(thrown)}`;
  }
  return Number(exitCode) === 0
    ? undefined
    : output.errors().trim() || output.printed() || `exit code ${exitCode}`;
}

/** Modules in CommonJS; those of ES modules differ by the run's number in their addresses. */
function forgetModules(): void {
  const { cache } = createRequire(import.meta.url);
  for (const file of Object.keys(cache)) {
    if (isOfProject(pathToFileURL(file).href)) {
      delete cache[file];
    }
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
