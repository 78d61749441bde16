import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { isFile } from '../../ground/is-file.ts';

/** A command that is a Node.js program of this project, so that it can run without a shell, or again and again in one process. */
export interface NodeProgram {
  /** Absolute. */
  file: string;
  args: string[];
  /** Modules, to be imported from the project, whose `register()` must be called first: tsx's loaders. */
  loaders: string[];
}

/** Characters that have a special meaning in a shell. */
const SHELL_SYNTAX = /[^\w\s./:@=,+-]/;

/** Flags of `node` that do not affect the program. */
const HARMLESS_FLAGS = new Set(['--enable-source-maps', '--no-warnings', '--no-deprecation']);

/**
 * Recognizes `node [flags] FILE …`, `npx tsx FILE …` and `tsx FILE …`.
 * @returns undefined for every other command, which needs a shell
 */
export function parseNodeProgram(command: string, directory: string): NodeProgram | undefined {
  if (SHELL_SYNTAX.test(command)) {
    return undefined;
  }
  const words = command.trim().split(/\s+/);
  const { usesTsx, rest } = parseLauncher(words);
  const [name, ...args] = rest ?? [];
  if (name === undefined || name.startsWith('-')) {
    return undefined;
  }
  const file = resolve(directory, name);
  if (usesTsx && !hasTsx(directory)) {
    return undefined;
  }
  return isFile(file) ? { file, args, loaders: usesTsx ? TSX_LOADERS : [] } : undefined;
}

/** What `node` takes to run a program in the folder of its project. */
export const programArguments = ({ file, args, loaders }: NodeProgram): string[] => [
  ...(loaders.length > 0 ? ['--import', 'tsx'] : []),
  file,
  ...args,
];

/** Programs that leave nothing behind in a shell, unlike `cd` and `export`. */
const SELF_CONTAINED = /^(node|npm|npx|pnpm|yarn|tsc|tsx) /;

/** The commands that `A && B` consists of, where each of them can run in a shell of its own; else the command itself. */
export function commandsOf(command: string): string[] {
  const commands = command.split('&&').map((one) => one.trim());
  return commands.every((one) => SELF_CONTAINED.test(`${one} `) && !SHELL_SYNTAX.test(one))
    ? commands
    : [command];
}

function parseLauncher(words: string[]): { usesTsx: boolean; rest?: string[] } {
  const [first, second] = words;
  if (first === 'tsx') {
    return { usesTsx: true, rest: words.slice(1) };
  }
  if (first === 'npx' && second === 'tsx') {
    return { usesTsx: true, rest: words.slice(2) };
  }
  return first === 'node' ? parseNodeFlags(words.slice(1)) : { usesTsx: false };
}

function parseNodeFlags(words: string[]): { usesTsx: boolean; rest?: string[] } {
  const [flag = '', value] = words;
  if (flag === '--import' && value === 'tsx') {
    return { ...parseNodeFlags(words.slice(2)), usesTsx: true };
  }
  if (flag === '--import=tsx') {
    return { ...parseNodeFlags(words.slice(1)), usesTsx: true };
  }
  if (HARMLESS_FLAGS.has(flag)) {
    return parseNodeFlags(words.slice(1));
  }
  return { usesTsx: false, rest: words };
}

const TSX_LOADERS = ['tsx/cjs/api', 'tsx/esm/api'];

/** Whether tsx is installed where the project finds it. */
function hasTsx(directory: string): boolean {
  const require = createRequire(join(directory, 'package.json'));
  try {
    return TSX_LOADERS.every((name) => require.resolve(name) !== '');
  } catch {
    return false;
  }
}
