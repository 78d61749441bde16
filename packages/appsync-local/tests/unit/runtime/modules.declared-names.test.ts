import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { MODULES } from '../../../src/runtime/modules.ts';
import { createContext, load } from './harness/evaluate.ts';

/*
 * Everything that @aws-appsync/utils declares exists in the realm, and nothing else: read from its declarations with the
 * TypeScript compiler, so that a new version of the package shows what is new.
 */

const folder = dirname(createRequire(import.meta.url).resolve('@aws-appsync/utils/package.json'));
const files = new Map(
  [...MODULES.keys()].map((module) => {
    const path = module.slice('@aws-appsync/utils'.length);
    return [module, join(folder, path === '' ? 'lib/index.d.ts' : `${path.slice(1)}.d.ts`)] as const;
  }),
);
const program = ts.createProgram([...files.values()], { noEmit: true });
const checker = program.getTypeChecker();

/** Functions as `a.b`, every level of a namespace. */
function functionsOf(type: ts.Type, path: string): string[] {
  if (type.getCallSignatures().length > 0) {
    return [path];
  }
  return type
    .getProperties()
    .flatMap((property) => functionsOf(checker.getTypeOfSymbol(property), `${path}.${property.name}`));
}

function declaredIn(file: string): string[] {
  const source = program.getSourceFile(file)!;
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(source)!)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.flags & ts.SymbolFlags.Value)
    .flatMap((symbol) => functionsOf(checker.getTypeOfSymbol(symbol), symbol.name))
    .sort();
}

/** The same from inside: code walks the module it imports. Three levels, as functions may not call themselves. */
function foundIn(module: string): string[] {
  const code = `import * as all from '${module}';
export function request() {
  const names = [];
  Object.keys(all).forEach((a) => {
    if (typeof all[a] === 'function') { names.push(a); return; }
    Object.keys(all[a]).forEach((b) => {
      if (typeof all[a][b] === 'function') { names.push(\`\${a}.\${b}\`); return; }
      Object.keys(all[a][b]).forEach((c) => {
        names.push(\`\${a}.\${b}.\${c}\`);
      });
    });
  });
  return names;
}
export function response() { return null; }`;
  const evaluation = load(code).request(createContext());
  if (evaluation.kind !== 'returned') {
    throw new Error(JSON.stringify(evaluation));
  }
  return (evaluation.value as string[]).sort();
}

/** Declared, and refused on upload (localstack/appsync-utils, index.test.js, sync). */
const REFUSED = ['sync'];

it.each([...files])('has in %s what the package declares', (module, file) => {
  const declared = declaredIn(file).filter((name) => !REFUSED.includes(name));

  expect(declared.length).toBeGreaterThan(1);
  expect(foundIn(module)).toEqual(declared);
});

it('walks the declarations to their leaves', () => {
  const declared = declaredIn(files.get('@aws-appsync/utils')!);

  expect(declared).toEqual(
    expect.arrayContaining([
      'util.autoId',
      'util.time.nowISO8601',
      'extensions.evictFromApiCache',
      'runtime.earlyReturn',
    ]),
  );
  expect(declared.length).toBeGreaterThan(55);
});

it('has util, extensions and runtime without an import, as the package declares globally', () => {
  const code =
    'export const request = () => [util, extensions, runtime].map((names) => Object.keys(names).length > 0); export const response = () => null;';

  const evaluation = load(code).request(createContext());

  expect(evaluation).toEqual({ kind: 'returned', value: [true, true, true] });
});
