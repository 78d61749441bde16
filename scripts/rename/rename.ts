import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refuseUncommitted } from '../git.ts';
import { listed } from '../listed.ts';
import { MADE_ANEW } from '../made-anew.ts';
import { Refusal } from '../refusal.ts';
import { helpText, type Options, optionsOf } from './options.ts';
import { type Change, planOf } from './plan.ts';
import type { Renaming } from './rename-text.ts';

/* `npm run rename`: gives the product and its type other names (docs/renaming.md). */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CALLED_FILE = 'scripts/rename/called.ts';

function main(args: string[]): void {
  const options = optionsOf(args);
  if (!options) {
    console.log(helpText());
    return;
  }
  const changes = planOf(ROOT, options.renaming);
  if (!options.force && !options.dryRun) {
    refuseUncommitted(ROOT);
  }
  if (!options.dryRun) {
    apply(changes, options.renaming);
    tidy(changes);
  }
  console.log(report(options, changes));
}

function apply(changes: readonly Change[], renaming: Renaming): void {
  for (const { file, to, text } of changes) {
    if (to !== file) {
      mkdirSync(dirname(join(ROOT, to)), { recursive: true });
      renameSync(join(ROOT, file), join(ROOT, to));
    }
    if (text !== undefined) {
      writeFileSync(join(ROOT, to), text);
    }
  }
  removeEmptied(changes);
  writeFileSync(join(ROOT, CALLED_FILE), calledText(renaming));
}

/** Folders whose every file has moved, with what a build left in them. */
function removeEmptied(changes: readonly Change[]): void {
  const folders = new Set(
    changes.filter(({ file, to }) => file !== to).flatMap(({ file }) => foldersOf(file)),
  );
  for (const folder of [...folders].toSorted((one, other) => other.length - one.length)) {
    const left = readdirSync(join(ROOT, folder));
    if (left.every((name) => MADE_ANEW.has(name))) {
      left.forEach((name) => rmSync(join(ROOT, folder, name), { recursive: true }));
      rmdirSync(join(ROOT, folder));
    }
  }
}

function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}

function calledText({ product, type }: Renaming): string {
  return `/** What the project calls things at present; the command itself writes this file anew. */
export const CALLED = {
  /** The package and the stack, without its stage. */
  product: '${product.to}',
  /** The GraphQL type, and its plural. */
  type: '${type.to.pascal.one}',
  plural: '${type.to.pascal.many}',
};
`;
}

/** What depends on the length and the order of names: generated files, the order of imports, and the breaks of lines. */
function tidy(changes: readonly Change[]): void {
  console.log('Generating code …');
  run('--import', 'tsx', 'schema/generate.ts');
  console.log('Formatting …');
  run('node_modules/oxfmt/bin/oxfmt', '--no-error-on-unmatched-pattern', ...changes.map(({ to }) => to));
}

function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    throw new Refusal(`${args.join(' ').slice(0, 80)} failed after the renaming; its output is above`);
  }
}

function report({ dryRun, renaming: { product, type } }: Options, changes: readonly Change[]): string {
  const moved = changes.filter(({ file, to }) => file !== to).map(({ file, to }) => `${file} -> ${to}`);
  const names = [
    ...(product.from === product.to ? [] : [`${product.from} to ${product.to}`]),
    ...(type.from.pascal.one === type.to.pascal.one
      ? []
      : [`${type.from.pascal.one} to ${type.to.pascal.one} (${type.to.pascal.many})`]),
  ];
  return [
    `${dryRun ? 'Would rename' : 'Renamed'} ${names.join(' and ')}, in ${changes.length} files.`,
    ...(moved.length > 0 ? [listed(dryRun ? 'Would move' : 'Moved', moved)] : []),
    ...(dryRun ? [] : [listed('Left for you to do', AFTERWARDS)]),
  ].join('\n');
}

const AFTERWARDS = [
  'npm install, which links the packages under their new names',
  'npm run check and npm test, then commit',
  'read the diff of the pages: prose still says "item", and figures in pictures may need another width',
  'a stack that is deployed: another --name is another stack; another --type makes its API anew, with a new URL and key, and keeps its tables',
];

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
