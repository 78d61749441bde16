import { type BuildFailure, type BuildOptions, buildSync, type Message, type OutputFile } from 'esbuild';
import { Mistake } from './mistake.ts';
import { root } from './paths.ts';

/**
 * Bundles in memory, with paths relative to the project's root, so that the output contains nothing of the machine.
 * @throws Mistake with `file:line:column: text` of every error, for example a syntax error or an import of a missing file
 */
export function bundle(options: Omit<BuildOptions, 'write'>): OutputFile[] {
  try {
    return buildSync({
      absWorkingDir: root,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
      ...options,
      write: false,
    }).outputFiles;
  } catch (error) {
    const { errors } = error as Partial<BuildFailure>;
    if (!errors?.length) {
      throw error;
    }
    throw new Mistake(errors.map(describe).join('\n'));
  }
}

function describe({ location, text }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
