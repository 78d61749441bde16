import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { isFile } from '../../ground/is-file.ts';
import { ownOutputs } from '../../ground/own-outputs.ts';
import type { CdkProject } from './cdk-project.types.ts';
import { compileGlobs } from './glob.ts';
import type { Matches } from './glob.ts';

/** Change it together with the contents of a fingerprint, so that it never equals an older one. */
const RECIPE = '4';

/** Always inputs: `cdk init` excludes them from cdk.json's `watch` because the CDK CLI, or what builds the app, reads them itself. */
export const ALWAYS_INPUTS = [
  'cdk.json',
  'cdk.context.json',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'tsconfig.json',
  'requirements.txt',
  'pom.xml',
  'go.mod',
  'go.sum',
];

/** Never inputs: installed, generated, printed, or the local server's own data. */
export const NEVER_INPUTS = [
  '**/node_modules',
  '**/.venv',
  '**/__pycache__',
  '**/cdk.out',
  '**/.git',
  '**/.local',
  // Of npm, and of the server itself: `npx appsync-local | tee dev.log`.
  '**/*.log',
];

/** Variables that synthesizing sets itself. */
const OURS = new Set(['CDK_OUTDIR', 'CDK_VALIDATION', 'CDK_CONTEXT_JSON']);

/**
 * A SHA-256, in hexadecimal, over everything that a project's cloud assembly depends on: the files that cdk.json's `watch`
 * covers, manifests and lock files, Node.js' major version and the environment variables `CDK_…`.
 * @param outDirectory contains the assemblies; never an input
 * @param variables further environment variables that the app is given
 */
export function fingerprint(
  project: CdkProject,
  outDirectory: string,
  variables: (readonly [name: string, value: string])[] = [],
): string {
  const hash = createHash('sha256');
  add(hash, 'recipe', RECIPE);
  add(hash, 'node', process.versions.node.split('.')[0]!);
  for (const [name, value] of [...cdkVariables(), ...variables]) {
    add(hash, `env ${name}`, value);
  }
  for (const name of ALWAYS_INPUTS) {
    addFile(hash, name, join(project.directory, name));
  }
  addDirectory(hash, '', inputsOf(project, outDirectory));
  return hash.digest('hex');
}

/** The files that a project's cloud assembly depends on, besides `ALWAYS_INPUTS`. */
export interface Inputs {
  directory: string;
  includes: Matches;
  /** Files, and directories with everything in them. */
  excludes: Matches;
}

/**
 * `cdk init` excludes all JavaScript from what is watched, because TypeScript may have been compiled to it. It is an input all the same, since
 * it may be the code of a Lambda function or resolver; unless the app's own command compiles it, whose sources are inputs.
 *
 * @param outDirectory contains the assemblies; never an input
 */
export function inputsOf(project: CdkProject, outDirectory: string): Inputs {
  const { directory, watch } = project;
  const javaScript = watch.exclude.filter((glob) => ALL_JAVASCRIPT.test(glob));
  const excludes = compileGlobs([
    ...watch.exclude.filter((glob) => !ALL_JAVASCRIPT.test(glob)),
    ...NEVER_INPUTS,
    ...inside(project, outDirectory, project.output),
  ]);
  const mayBeCompiled = [project.build, project.app].some((command) => command && COMPILES.test(command))
    ? compileGlobs(javaScript)
    : () => false;
  const isCompiled = (path: string): boolean =>
    mayBeCompiled(path) && isFile(join(directory, sourceOf(path)));
  return {
    directory,
    includes: compileGlobs(watch.include),
    excludes: (path) => excludes(path) || isCompiled(path),
  };
}

const ALL_JAVASCRIPT = /\*\.[cm]?js$/;

/** A command that runs the TypeScript compiler. */
const COMPILES = /\btsc\b/;

const sourceOf = (javaScript: string): string => javaScript.replace(/js$/, 'ts');

function addDirectory(hash: Hash, path: string, walk: Inputs): void {
  for (const entry of entriesOf(join(walk.directory, path))) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (walk.excludes(inner)) {
      continue;
    }
    if (entry.isDirectory()) {
      addDirectory(hash, inner, walk);
    } else if (walk.includes(inner)) {
      addEntry(hash, inner, entry, walk);
    }
  }
}

/** Grows while the app is synthesized, which would then be done at each start. */
const isOutput = ownOutputs();

/** A link to a directory counts by its target's name, so that circular links do no harm. */
function addEntry(hash: Hash, path: string, entry: Dirent, { directory }: Inputs): void {
  const full = join(directory, path);
  if (isOutput(full)) {
    return;
  }
  if (entry.isFile() || isFile(full)) {
    addFile(hash, path, full);
  } else if (entry.isSymbolicLink()) {
    add(hash, path, readlinkSync(full));
  }
}

function addFile(hash: Hash, name: string, path: string): void {
  try {
    add(hash, name, readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

/** Adds name and length first, so that different lists of contents never look alike. */
function add(hash: Hash, name: string, content: string | Buffer): void {
  hash.update(`${name}\0${Buffer.byteLength(content)}\0`).update(content);
}

const entriesOf = (directory: string): Dirent[] =>
  readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

const cdkVariables = (): [string, string][] =>
  Object.entries(process.env)
    .filter((entry): entry is [string, string] => entry[0].startsWith('CDK_') && !OURS.has(entry[0]))
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** The given directories as patterns, if they are inside the project. */
const inside = (project: CdkProject, ...directories: string[]): string[] =>
  directories
    .map((directory) => relative(project.directory, resolve(project.directory, directory)))
    .filter((path) => path !== '' && !path.startsWith('..'))
    .map((path) => path.split(sep).join('/'));
