import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseLoss } from '../git.ts';
import { listed } from '../listed.ts';
import { Refusal } from '../refusal.ts';
import { MarkFailure } from './marks.ts';
import { helpText, type Options, optionsOf } from './options.ts';
import { COMMAND, type Part, PARTS } from './parts.ts';
import { LOCK, type Plan, planOf } from './plan.ts';

/* `npm run eject`: removes parts of the project (docs/removing-parts.md). */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function main(args: string[]): void {
  const options = optionsOf(args);
  if (options.help) {
    console.log(helpText());
    return;
  }
  const chosen = Object.fromEntries(options.parts.map((name) => [name, PARTS[name]!]));
  const plan = planOf(ROOT, chosen);
  if (!options.force && !options.dryRun) {
    refuseLoss(ROOT, plan.removed);
  }
  if (!options.dryRun) {
    apply(plan);
  }
  const isLocked = !options.dryRun && plan.edited.has('package.json') && lockAnew();
  console.log(report(options, chosen, plan, isLocked));
}

function apply({ removed, edited }: Plan): void {
  for (const path of removed) {
    // A file of one part may have gone with a folder of another.
    rmSync(join(ROOT, path), { recursive: true, force: true });
  }
  for (const [file, text] of edited) {
    writeFileSync(join(ROOT, file), text);
  }
  run('node_modules/oxfmt/bin/oxfmt', '--no-error-on-unmatched-pattern', ...edited.keys());
  if (edited.has('schema/schema.graphql')) {
    run('schema/generate.ts');
  }
  if (edited.has('proof/faults/faults.ts')) {
    run('docs/computed/write.ts');
  }
}

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Refusal(`${program} failed after the parts were removed; its output is above`);
  }
}

/**
 * Brings package-lock.json in line with package.json. It needs no registry, because nothing is added.
 *
 * @returns whether npm did it; what it prints otherwise is in the terminal
 */
function lockAnew(): boolean {
  const options = [
    '--package-lock-only',
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--silent',
  ];
  const { status } = spawnSync('npm', ['install', ...options], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32', // where npm is a batch file
  });
  return status === 0;
}

function report(
  { asked, parts, dryRun }: Options,
  chosen: Record<string, Part>,
  { removed, edited, packages }: Plan,
  isLocked: boolean,
): string {
  const afterwards = [
    isLocked
      ? 'npm ci, which removes what is needed no more from node_modules'
      : `npm install, which brings ${LOCK} and node_modules in line`,
    'npm run check and npm test, then commit',
  ];
  const byHand = Object.values(chosen).flatMap((part) => part.afterwards ?? []);
  return [
    `${dryRun ? 'Would remove' : 'Removed'} ${asked.join(', ')}.`,
    ...alongWith(asked, parts),
    listed(dryRun ? 'Would delete' : 'Deleted', removed),
    listed(dryRun ? 'Would edit' : 'Edited', [...edited.keys(), ...(isLocked ? [LOCK] : [])]),
    ...(packages.length > 0
      ? [listed(`${dryRun ? 'Would take' : 'Taken'} out of package.json`, packages)]
      : []),
    ...(dryRun ? [] : [listed('Left for you to do', [...byHand, ...afterwards])]),
  ].join('\n');
}

/** Which parts go without having been named, and why. */
function alongWith(asked: readonly string[], parts: readonly string[]): string[] {
  const along = parts.filter((name) => !asked.includes(name));
  const reasons = along.map((name) => {
    const needed = (PARTS[name]!.needs ?? []).filter((need) => parts.includes(need));
    return name === COMMAND ? `${name}: nothing is left to remove` : `${name}: needs ${needed.join(', ')}`;
  });
  return along.length > 0 ? [listed('Along with it', reasons)] : [];
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal || error instanceof MarkFailure)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
