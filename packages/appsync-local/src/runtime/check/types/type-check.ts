import type { CompilerHost, Diagnostic, Program, SourceFile } from 'typescript';
import { deniedMethods } from './denied-methods.ts';
import type { Finding, TypeFindings } from './findings.ts';
import {
  compilerOptions,
  GLOBAL_FILES,
  isLibraryFile,
  libraryFolder,
  librarySource,
  libraryText,
  resolveModule,
} from './library.ts';
import { loadTypeScript } from './typescript.ts';

/** Characters of code whose findings are kept; the oldest go first. EvaluateCode receives the same code again and again. */
const KEPT_CHARACTERS = 4_000_000;

const NOTHING_FOUND: TypeFindings = { syntax: [], types: [] };

const kept = new Map<string, TypeFindings>();
let keptCharacters = 0;

/**
 * Runs TypeScript's checker over uploaded code as AppSync does (aws/aws-appsync-community#334): JavaScript, not strict, with
 * AppSync's library. The first call takes half a second, later ones some 20 ms per code unit.
 */
export function typeCheck(text: string): TypeFindings {
  return kept.get(text) ?? typeCheckAll([text])[0]!;
}

/** Checks code units together, in half the time that one by one takes: they share the work on the library. */
export function typeCheckAll(texts: readonly string[]): TypeFindings[] {
  const news = [...new Set(texts)].filter((text) => !kept.has(text));
  const found = new Map(news.length === 0 ? [] : check(news));
  for (const [text, findings] of found) {
    remember(text, findings);
  }
  return texts.map((text) => found.get(text) ?? kept.get(text)!);
}

/** Loads TypeScript and reads its library ahead of the first check. */
export function warmTypeCheck(): void {
  typeCheck('export {};');
}

/** Keeps the findings of a text, from this thread or another, until somebody asks for them. */
export function remember(text: string, findings: TypeFindings): void {
  if (kept.has(text)) {
    return;
  }
  kept.set(text, findings);
  keptCharacters += text.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= KEPT_CHARACTERS || oldest === text) {
      return;
    }
    kept.delete(oldest);
    keptCharacters -= oldest.length;
  }
}

/** Does not check code that is nested too deeply for the checker. acorn needs as much stack and reports such code. */
function check(texts: string[]): [string, TypeFindings][] {
  try {
    return checkInOneProgram(texts);
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    return texts.length === 1 ? [[texts[0]!, NOTHING_FOUND]] : texts.flatMap((text) => check([text]));
  }
}

function checkInOneProgram(texts: string[]): [string, TypeFindings][] {
  const files = new Map(texts.map((text, index) => [`/${index}/code.js`, text]));
  const program = loadTypeScript().createProgram({
    rootNames: [...GLOBAL_FILES, ...files.keys()],
    options: compilerOptions(),
    host: hostOf(files),
  });
  return [...files].map(([file, text]) => [text, findingsIn(program, program.getSourceFile(file)!)]);
}

function findingsIn(program: Program, source: SourceFile): TypeFindings {
  const syntax = program.getSyntacticDiagnostics(source).map(finding);
  if (syntax.length > 0) {
    return { syntax, types: [] };
  }
  const types = program.getSemanticDiagnostics(source).map(finding);
  return { syntax, types: [...types, ...deniedMethods(source, program.getTypeChecker())] };
}

const finding = ({ start = 0, length = 0, code, messageText }: Diagnostic): Finding => ({
  start,
  length,
  code,
  message: loadTypeScript().flattenDiagnosticMessageText(messageText, '\n'),
});

/** A compiler host that has the given files and the library, and nothing else. */
function hostOf(files: ReadonlyMap<string, string>): CompilerHost {
  const ts = loadTypeScript();
  const sources = new Map<string, SourceFile>();
  const sourceOf = (file: string): SourceFile | undefined => {
    if (isLibraryFile(file)) {
      return librarySource(file);
    }
    const text = files.get(file);
    if (text === undefined) {
      return undefined;
    }
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
    sources.set(file, source);
    return source;
  };
  return {
    getSourceFile: (file) => sources.get(file) ?? sourceOf(file),
    getDefaultLibFileName: () => `${libraryFolder}/lib.d.ts`,
    getDefaultLibLocation: () => libraryFolder,
    resolveModuleNameLiterals: (literals, importer) =>
      literals.map(({ text }) => ({ resolvedModule: resolveModule(text, importer) })),
    fileExists: (file) => files.has(file) || isLibraryFile(file),
    readFile: (file) => files.get(file) ?? (isLibraryFile(file) ? libraryText(file) : undefined),
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}
