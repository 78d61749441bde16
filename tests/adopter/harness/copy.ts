import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What a copy does without: made anew there, or linked. */
const LEFT_OUT = new Set(['.git', '.local', 'cdk.out', 'coverage', 'node_modules']);

/** How a program ended, and all that it printed, without colours. */
export interface Outcome {
  code: number;
  output: string;
}

/** A program of the copy failed that should not have. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

/**
 * A copy of the project in a temporary folder, to be changed as somebody who builds upon it would. It has no `.git`, like a template that was
 * downloaded. Its `node_modules` links to the packages that are installed here, but to its own `packages/`.
 */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'adopter-'));
  readonly #edited = new Set<string>();

  constructor() {
    this.restore(readdirSync(ROOT).filter((name) => !LEFT_OUT.has(name)));
    linkPackages(this.folder);
    keepMade(this.folder);
  }

  /** Files that were changed by hand: what is generated does not count. */
  get edited(): string[] {
    return [...this.#edited].sort();
  }

  /** @param file below the copy's root */
  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
    this.#edited.add(file);
  }

  append(file: string, text: string): void {
    this.write(file, `${this.read(file)}\n${text}`);
  }

  /** Takes files and folders as they are in this project. */
  restore(paths: readonly string[]): void {
    for (const path of paths) {
      cpSync(join(ROOT, path), join(this.folder, path), {
        recursive: true,
        preserveTimestamps: true, // by which the emulator knows that its sources are those of a bundle
        filter: (file) => !LEFT_OUT.has(basename(file)),
      });
    }
  }

  /** The files that somebody's steps change. */
  editedBy(steps: () => void): string[] {
    const before = [...this.#edited];
    this.#edited.clear();
    steps();
    const { edited } = this;
    before.forEach((file) => this.#edited.add(file));
    return edited;
  }

  remove(file: string): void {
    rmSync(join(this.folder, file), { recursive: true });
    this.#edited.add(file);
  }

  /**
   * Replaces a passage of a file.
   *
   * @throws Error unless the passage stands there exactly once: the case must follow when the file changes
   */
  edit(file: string, passage: string | RegExp, replacement: (found: string) => string): void {
    const text = this.read(file);
    const pattern = typeof passage === 'string' ? literal(passage) : passage.source;
    const found = [...text.matchAll(new RegExp(pattern, 'gm'))];
    const [first] = found;
    if (!first || found.length > 1) {
      throw new Error(`${file} has the passage ${found.length} times, not once: ${String(passage)}`);
    }
    const end = first.index + first[0].length;
    this.write(file, text.slice(0, first.index) + replacement(first[0]) + text.slice(end));
  }

  /** Puts lines after a passage that stands there once. */
  insertAfter(file: string, passage: string | RegExp, lines: string): void {
    this.edit(file, passage, (found) => `${found}\n${lines}`);
  }

  /** Puts lines before a passage that stands there once. */
  insertBefore(file: string, passage: string | RegExp, lines: string): void {
    this.edit(file, passage, (found) => `${lines}\n${found}`);
  }

  /** Links a package of the copy's `packages/` into its `node_modules`, as `npm install` would. */
  link(name: string): void {
    symlinkSync(join(this.folder, 'packages', name), join(this.folder, 'node_modules', name));
  }

  /** Runs a program of the copy to its end. @param env besides this process's variables */
  run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const options = { cwd: this.folder, env: { ...ownEnvironment(), ...env }, maxBuffer: 64 * 1024 * 1024 };
    return new Promise((resolve, reject) => {
      execFile(program, args, options, (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') {
          resolve({ code, output: stripVTControlCharacters(`${stdout}${stderr}`) });
        } else {
          reject(error as Error);
        }
      });
    });
  }

  /** The same of a script of package.json. */
  script(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.run('npm', ['run', '--silent', name, '--', ...args], env);
  }

  /** Tests of projects of vitest.config.ts. @param files parts of their paths: single files keep a case short */
  test(projects: readonly string[], ...files: string[]): Promise<Outcome> {
    const of = projects.flatMap((project) => ['--project', project]);
    return this.run(process.execPath, [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=dot',
      '--maxWorkers=1', // which loads what a project's files share once; the tests here have the other processors
      ...of,
      ...files,
    ]);
  }

  /** Writes the cloud assembly to the copy's `cdk.out`, with no rules held against it: as fast as `npm start` does. */
  synth(): Promise<Outcome> {
    return this.run(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
      CDK_OUTDIR: join(this.folder, 'cdk.out'),
      CDK_VALIDATION: 'false',
    });
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A text as the regular expression that matches it alone. */
const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** @throws Failed with all that the program printed */
export async function succeeds(what: string, run: Promise<Outcome>): Promise<string> {
  const { code, output } = await run;
  if (code !== 0) {
    throw new Failed(`${what} ended with ${code} in the copy:\n${output}`);
  }
  return output;
}

/** A link to each package, for a link to all of them would lead to the `packages/` of this project. */
function linkPackages(folder: string): void {
  const installed = join(ROOT, 'node_modules');
  for (const name of readdirSync(installed).filter((one) => !one.startsWith('.') || one === '.bin')) {
    const scoped = name.startsWith('@');
    for (const each of scoped ? readdirSync(join(installed, name)).map((one) => `${name}/${one}`) : [name]) {
      const link = join(folder, 'node_modules', each);
      const own = join(folder, 'packages', each);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(isOwn(each) ? own : join(installed, each), link);
    }
  }
}

/** What earlier starts have made of the emulator's sources and of code: the copy has the same, but for what is changed there. */
function keepMade(folder: string): void {
  for (const name of ['bundles', 'code', 'pages']) {
    const made = join('node_modules/.cache/appsync-local', name);
    if (existsSync(join(ROOT, made))) {
      cpSync(join(ROOT, made), join(folder, made), { recursive: true, preserveTimestamps: true });
    }
  }
}

const OWN = new Set(readdirSync(join(ROOT, 'packages')));
const isOwn = (name: string): boolean => OWN.has(name);

/** Without what vitest tells its workers, and without an API that the tests here may be run against. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VITEST|API_|NODE_ENV$|NODE_OPTIONS$|TEST$|PROD$|DEV$|MODE$|SSR$|BASE_URL$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
