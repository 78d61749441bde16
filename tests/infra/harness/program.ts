import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../infra/paths.ts';

/** How a program ended, and what it printed. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs Node.js in the project's root to its end. @param args of `node` @param env besides this process's variables */
export const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const { NODE_ENV: _, ...inherited } = process.env;
    const options = { cwd: root, env: { ...inherited, ...env } };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout: stdout.trim(), stderr: stderr.trim() }),
    );
  });

/** The template of a cloud assembly. */
export const templateIn = (outdir: string): string =>
  readFileSync(join(outdir, 'Items.template.json'), 'utf8');
