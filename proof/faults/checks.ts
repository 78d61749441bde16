import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lint } from '../cfn-lint.ts';
import type { Template } from './template.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
    );
  });

/** @returns by template file, `E3003 …` */
export function cfnLint(program: string, templates: readonly string[]): Map<string, string[]> {
  const found = new Map(templates.map((file): [string, string[]] => [file, []]));
  lint(program, templates).forEach(({ file, rule, message }) => found.get(file)?.push(`${rule} ${message}`));
  return found;
}

/** @returns by template file, `AwsSolutions-IAM5[Action::dynamodb:*] Faulty/Template/…` */
export async function nag(templates: readonly string[]): Promise<Map<string, string[]>> {
  const { stdout, stderr } = await run(['--import', 'tsx', 'proof/faults/nag.ts', ...templates]);
  const start = stdout.lastIndexOf('\n{');
  try {
    return new Map(
      Object.entries(JSON.parse(stdout.slice(start < 0 ? 0 : start)) as Record<string, string[]>),
    );
  } catch {
    throw new Error(`cdk-nag failed: ${stderr.slice(-2000)}`);
  }
}

/** @returns the problems of code units, or the line with which the emulator refuses the assembly */
export async function appsyncLocal(assembly: string, template: string): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'faulty-'));
  try {
    cpSync(assembly, directory, { recursive: true });
    writeFileSync(join(directory, 'Items.template.json'), readFileSync(template));
    const program = 'packages/appsync-local/bin/appsync-local.mjs';
    const checked = await run([program, 'check', '--json', '--app', directory]);
    if (!checked.stdout.startsWith('[')) {
      return [checked.stderr.trim()];
    }
    const codes = JSON.parse(checked.stdout) as { title: string; problems: { message: string }[] }[];
    return codes.flatMap(({ title, problems }) => problems.map(({ message }) => `${title}: ${message}`));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Runs the tests that read the template, once for each fault and once without any, in one run of Vitest.
 * @returns the names of those that fail, by fault; without any, by ''
 */
export async function tests(): Promise<Map<string, string[]>> {
  const { stdout, stderr } = await run([
    'node_modules/vitest/vitest.mjs',
    ...['run', '--config', 'proof/faults/vitest.config.ts'],
  ]);
  const failures = new Map<string, string[]>();
  for (const [, line] of stdout.matchAll(/^FAULT (.*)$/gm)) {
    const { fault, failed } = JSON.parse(line!) as { fault: string; failed: string[] };
    failures.set(fault, failed);
  }
  if (failures.size === 0) {
    throw new Error(`vitest failed: ${stderr.slice(-2000)}`);
  }
  return failures;
}

/** The template with the fault, in a file of its own. */
export function writeFaulty(template: Template, plant: (template: Template) => void, file: string): void {
  const faulty = structuredClone(template);
  plant(faulty);
  writeFileSync(file, JSON.stringify(faulty, null, 1));
}
