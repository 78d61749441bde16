import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { sources } from './sources.mjs';

/** The second imports nothing, and the first nothing but the second. */
const FILES = ['library/library.types.ts', 'index.ts'];

/** Between the two, which become one file. */
const IMPORTS = /^(?:import type .*|export type \* from .*);\n/gm;

/** @returns the types of the package: one file that imports none */
export function declarations() {
  const texts = FILES.map((file) => declarationsOf(join(sources, file)).replace(IMPORTS, ''));
  const imported = texts.find((text) => /^import |\bfrom '|\bimport\(/m.test(text));
  if (imported !== undefined) {
    throw new Error(`the types of the package would import something:\n${imported}`);
  }
  return texts.join('\n');
}

function declarationsOf(fileName) {
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, strict: true },
  });
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, FORMAT));
  }
  return outputText;
}

const FORMAT = {
  getCanonicalFileName: (file) => file,
  getCurrentDirectory: () => sources,
  getNewLine: () => '\n',
};
