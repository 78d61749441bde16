import { readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** What a declaration file imports or exports from. */
const SPECIFIER = /(?<=\bfrom ')(\.\.?\/[\w./-]+)\.ts(?=')/g;

/**
 * @param entries the modules whose types are wanted, the first of them in the folder that has the others
 * @returns by path, `react/index.d.ts`: the declaration files that the types need, as they import each other once they are published
 * @throws Error where the sources have mistakes, or where a type is of another package
 */
export function declarations(entries) {
  const root = dirname(entries[0]);
  const emitted = emit(entries, root);
  const needed = new Map();
  const need = (module) => {
    if (!needed.has(module)) {
      const text = emitted.get(`${module}.d.ts`);
      if (text === undefined) {
        throw new Error(`the types would import what is not published: ${module}.ts`);
      }
      needed.set(module, text.replaceAll(SPECIFIER, '$1.js'));
      [...text.matchAll(SPECIFIER)].forEach(([, imported]) =>
        need(posix.normalize(posix.join(posix.dirname(module), imported))),
      );
    }
  };
  entries.forEach((entry) => need(pathBelow(root, entry).replace(/\.ts$/, '')));
  for (const [module, text] of needed) {
    const foreign = /^.*\b(?:from|import)\b\s*\(?'(?!\.\.?\/[\w./-]+\.js').*$/m.exec(text);
    if (foreign) {
      throw new Error(`the types of ${module}.ts would import what is not published: ${foreign[0]}`);
    }
  }
  return new Map([...needed].map(([module, text]) => [`${module}.d.ts`, text]));
}

const pathBelow = (root, path) => relative(root, path).split(sep).join('/');

/** All declaration files by their paths below the sources; those of files outside begin with `../`. */
function emit(entries, root) {
  const configFile = join(root, '../tsconfig.json');
  const { config } = ts.readConfigFile(configFile, (path) => readFileSync(path, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, join(configFile, '..'));
  const emitted = new Map();
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  });
  const diagnostics = ts.getPreEmitDiagnostics(program);
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, FORMAT));
  }
  program.emit(undefined, (path, text) => emitted.set(pathBelow(root, path), text));
  return emitted;
}

const FORMAT = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => process.cwd(),
  getNewLine: () => '\n',
};
