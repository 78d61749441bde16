import ts from 'typescript';

const SPACED = {
  insertSpaceAfterCommaDelimiter: true,
  insertSpaceAfterOpeningAndBeforeClosingNonemptyBraces: true,
};

/** A TypeScript source without the imports that it does not use. Looks at no other file. */
export function withoutUnusedImports(file: string, text: string): string {
  const name = `/${file}`;
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ noLib: true, noResolve: true, allowImportingTsExtensions: true }),
    getScriptFileNames: () => [name],
    getScriptVersion: () => '1',
    getScriptSnapshot: (asked) => (asked === name ? ts.ScriptSnapshot.fromString(text) : undefined),
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => '',
    fileExists: (asked) => asked === name,
    readFile: (asked) => (asked === name ? text : undefined),
  });
  const scope = { type: 'file' as const, fileName: name, mode: ts.OrganizeImportsMode.RemoveUnused };
  const changes = service.organizeImports(scope, SPACED, {}).flatMap(({ textChanges }) => textChanges);
  return changes
    .toSorted((one, other) => other.span.start - one.span.start)
    .reduce(
      (left, { span, newText }) => left.slice(0, span.start) + newText + left.slice(span.start + span.length),
      text,
    );
}
