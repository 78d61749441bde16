import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** What a declaration file imports or exports from, and where that stands. */
const SPECIFIER = /(?<=\bfrom ')\.\/([\w-]+)\.ts(?=')/g;

/**
 * @param entry the module whose types are wanted; it and what it imports lie in one folder
 * @returns by name, `index.d.ts`: the declaration files that the types need, as they import each other once they are published
 * @throws Error where the sources have mistakes, or where a type is of another package
 */
export function declarations(entry) {
  const emitted = emit(entry);
  const needed = new Map();
  const need = (module) => {
    if (!needed.has(module)) {
      const text = emitted.get(`${module}.d.ts`);
      needed.set(module, text.replaceAll(SPECIFIER, './$1.js'));
      [...text.matchAll(SPECIFIER)].forEach(([, imported]) => need(imported));
    }
  };
  need(basename(entry, '.ts'));
  for (const [module, text] of needed) {
    const foreign = /^.*\b(?:from|import)\b\s*\(?'(?!\.\/[\w-]+\.js').*$/m.exec(text);
    if (foreign) {
      throw new Error(`the types of ${module}.ts would import what is not published: ${foreign[0]}`);
    }
  }
  return new Map([...needed].map(([module, text]) => [`${module}.d.ts`, text]));
}

/** All declaration files by name. */
function emit(entry) {
  const configFile = join(entry, '../../tsconfig.json');
  const { config } = ts.readConfigFile(configFile, (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(configFile, '..'));
  const emitted = new Map();
  const program = ts.createProgram([entry], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, FORMAT));
  }
  program.emit(undefined, (path, text) => emitted.set(basename(path), text));
  return emitted;
}

const FORMAT = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};
