import { join } from 'node:path';
import ts from 'typescript';
import { root } from './pages.ts';

/**
 * The compiler's complaints, `2: Property …`, about texts as if they were files of the project. One call for all of a test file: most of its seconds go to
 * the types that they import.
 *
 * @param folder where the files would be
 * @param more options besides the project's own
 */
export function complaintsAbout(texts: string[], folder: string, more: ts.CompilerOptions = {}): string[][] {
  const files = new Map(texts.map((text, index) => [join(root, folder, `snippet-${index}.ts`), text]));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (name) => ts.sys.readFile(name));
  const options = { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, ...more };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, language) =>
    files.has(name) ? ts.createSourceFile(name, files.get(name)!, language) : getSourceFile(name, language);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map(shown),
  );
}

function shown({ file, start, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start ?? 0).line + 1 : 0;
  return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}
