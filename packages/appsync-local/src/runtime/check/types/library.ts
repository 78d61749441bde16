import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { CompilerOptions, ResolvedModuleFull, SourceFile } from 'typescript';
import { packageFile } from '../../../ground/package-files.ts';
import { CORRECTIONS } from './corrections.ts';
import { loadTypeScript } from './typescript.ts';

/*
 * The files that the checker sees beside the code: TypeScript's library, the types of @aws-appsync/utils and a console. They
 * have invented names, so that no message shows a path of this machine.
 */

const LIBRARY = '/typescript';
const PACKAGE = '/@aws-appsync/utils';
const CONSOLE = '/console.d.ts';

/** Files whose names code can use without an import. */
export const GLOBAL_FILES: readonly string[] = [CONSOLE, `${PACKAGE}/lib/index.d.ts`];

/** Any method may be called on `console` here: a rule of its own says which ones exist (`../methods.ts`). */
const CONSOLE_TYPES = 'declare const console: { [method: string]: (...values: any[]) => void };';

/** By the module name in an import. */
const MODULE_FILES = new Map([
  ['@aws-appsync/utils', `${PACKAGE}/lib/index.d.ts`],
  ['@aws-appsync/utils/dynamodb', `${PACKAGE}/dynamodb.d.ts`],
  ['@aws-appsync/utils/rds', `${PACKAGE}/rds.d.ts`],
  ['@aws-appsync/utils/ai', `${PACKAGE}/ai.d.ts`],
]);

/**
 * Nobody has said which options AppSync checks with. It is not strict, for untyped parameters pass, and it checks JavaScript as
 * `// @ts-check` does (aws/aws-appsync-community#334). The library is ES2021 with what the developer guide and AppSync's linter
 * name beyond it: `Object.hasOwn`, `findLast`.
 */
export function compilerOptions(): CompilerOptions {
  const ts = loadTypeScript();
  return {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    strict: false,
    target: ts.ScriptTarget.ESNext,
    lib: [
      'lib.es2021.d.ts',
      'lib.es2022.object.d.ts',
      'lib.es2022.array.d.ts',
      'lib.es2022.string.d.ts',
      'lib.es2023.array.d.ts',
    ],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: [],
    skipLibCheck: true,
  };
}

export const isLibraryFile = (file: string): boolean =>
  file === CONSOLE || file.startsWith(`${LIBRARY}/`) || file.startsWith(`${PACKAGE}/`);

/** Where TypeScript looks for its own library. */
export const libraryFolder = LIBRARY;

/** The file of an imported module; undefined when AppSync has no such module. */
export function resolveModule(name: string, importer: string): ResolvedModuleFull | undefined {
  const withinUtils = name.startsWith('.') && importer.startsWith(`${PACKAGE}/`);
  // Within the package `.` is lib/index.
  const within = posix.join(posix.dirname(importer), name === '.' ? 'index' : name);
  const file = withinUtils ? `${within}.d.ts` : MODULE_FILES.get(name);
  return file === undefined
    ? undefined
    : { resolvedFileName: file, extension: '.d.ts', isExternalLibraryImport: true };
}

const parsed = new Map<string, SourceFile>();

/** Parsed once per process, without comments, which have no bearing on the code. */
export function librarySource(file: string): SourceFile {
  const known = parsed.get(file);
  if (known) {
    return known;
  }
  const ts = loadTypeScript();
  const options = {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    impliedNodeFormat: ts.ModuleKind.ESNext,
  } as const;
  const source = ts.createSourceFile(file, libraryText(file), options);
  parsed.set(file, source);
  return source;
}

/** @throws Error when a correction does not fit the installed package: its version is pinned, so a test sees it first */
export function libraryText(file: string): string {
  if (file === CONSOLE) {
    return CONSOLE_TYPES;
  }
  if (file.startsWith(`${LIBRARY}/`)) {
    return readFileSync(packageFile('typescript', `lib${file.slice(LIBRARY.length)}`), 'utf8');
  }
  const name = file.slice(PACKAGE.length + 1);
  const published = readFileSync(packageFile('@aws-appsync/utils', name), 'utf8');
  return CORRECTIONS.filter((correction) => correction.file === name).reduce(correct, published);
}

function correct(text: string, { file, published, corrected }: (typeof CORRECTIONS)[number]): string {
  const parts = text.split(published);
  if (parts.length !== 2) {
    throw new Error(`@aws-appsync/utils/${file} has no single '${published}' to correct`);
  }
  return parts.join(corrected);
}
