import { full } from 'acorn-walk';
import type { AnyNode, ImportDeclaration, Program } from 'acorn';
import { HANDLERS, exportsOf } from './check/exports.ts';
import { importedName } from './check/imports.ts';
import type { Realm } from './realm.ts';
import { CODE_FILE } from './source-positions.ts';
import type { CodePlace } from './source-positions.ts';

/** A handler as the realm has it. */
export type Handler = (ctx: unknown) => unknown;

export interface CompiledCode {
  /** Runs the module's top-level code, once, and hands back its handlers. */
  run(): { request: Handler; response: Handler };
  /** The place in the uploaded code that a place in the compiled text came from. */
  uploaded(line: number, column: number): CodePlace;
  /** Where `console.log(…)` starts, for the place V8 gives for the call: that of `log`. */
  consoleCall(place: CodePlace): CodePlace;
}

/** What code sees without declaring it: the namespaces of the language, `util`, `extensions`, `runtime`, `console`. */
export interface Surroundings {
  globals: Record<string, unknown>;
  /** By module name, for imports. */
  modules: ReadonlyMap<string, unknown>;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Turns an ES module that passed the check into a function of the realm. Lines and columns stay those of the
 * upload: imports and exports are blanked, and the calls put around what loops walk are accounted for.
 */
export function compile(
  text: string,
  program: Program,
  realm: Realm,
  surroundings: Surroundings,
): CompiledCode {
  const names = unusedNames(text);
  const edits = [...moduleEdits(program, text), ...loopEdits(program, names)].sort(
    (a, b) => a.start - b.start,
  );
  const { globals, modules } = surroundings;
  const opening =
    `(function (${[names.take, names.takeKeys, names.modules, ...Object.keys(globals)].join(', ')}) { ` +
    `"use strict"; return function () { ${importBindings(program, names.modules)}`;
  const source = `${opening}\n${applyEdits(text, edits)}\n${closing(program)} }; })`;
  type Outer = (...given: unknown[]) => () => { request: Handler; response: Handler };
  const outer = realm.evaluate(source, CODE_FILE, 0) as Outer;
  return {
    run: outer(realm.take, realm.takeKeys, Object.fromEntries(modules), ...Object.values(globals)),
    uploaded: positionBefore(text, edits),
    consoleCall: consoleCalls(program),
  };
}

interface Names {
  take: string;
  takeKeys: string;
  modules: string;
}

/** Names that the code does not use itself. */
function unusedNames(text: string): Names {
  let prefix = 'host$';
  while (text.includes(prefix)) prefix += '_';
  return { take: `${prefix}take`, takeKeys: `${prefix}takeKeys`, modules: `${prefix}modules` };
}

function moduleEdits(program: Program, text: string): Edit[] {
  return program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return [blank(node, text)];
    if (node.type === 'ExportNamedDeclaration') {
      return [
        node.declaration
          ? blank({ start: node.start, end: node.declaration.start }, text)
          : blank(node, text),
      ];
    }
    if (node.type !== 'ExportDefaultDeclaration') return [];
    const isNamed = 'id' in node.declaration && node.declaration.id;
    const blanked = blank({ start: node.start, end: node.declaration.start }, text);
    // Nobody reads a default export; `0,` keeps an anonymous function or an expression a statement.
    return [isNamed ? blanked : { ...blanked, text: `0,${blanked.text.slice(2)}` }];
  });
}

/** The same number of lines and columns, with nothing on them. */
const blank = ({ start, end }: { start: number; end: number }, text: string): Edit => ({
  start,
  end,
  text: text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' '),
});

function loopEdits(program: Program, names: Names): Edit[] {
  const edits: Edit[] = [];
  full(program, (node: AnyNode) => {
    if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') return;
    const name = node.type === 'ForOfStatement' ? names.take : names.takeKeys;
    // Parentheses around the walked expression belong to the loop's own, so both edits stay balanced.
    edits.push({ start: node.right.start, end: node.right.start, text: `${name}((` });
    edits.push({ start: node.right.end, end: node.right.end, text: '))' });
  });
  return edits;
}

function importBindings(program: Program, modules: string): string {
  return program.body
    .filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration')
    .flatMap(({ source, specifiers }) => {
      const module = `${modules}[${JSON.stringify(source.value)}]`;
      return specifiers.map((specifier) =>
        specifier.type === 'ImportSpecifier'
          ? `const ${specifier.local.name} = ${module}[${JSON.stringify(importedName(specifier))}];`
          : `const ${specifier.local.name} = ${module};`,
      );
    })
    .join(' ');
}

function closing(program: Program): string {
  const exported = exportsOf(program);
  return `return { ${HANDLERS.map((name) => `${name}: ${exported.get(name)}`).join(', ')} };`;
}

function applyEdits(text: string, edits: Edit[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    out += text.slice(at, start) + replacement;
    at = end;
  }
  return out + withoutSourceMap(text.slice(at));
}

/** Node would otherwise map the stack itself, and clients are shown places in the uploaded code. */
const withoutSourceMap = (text: string): string => text.replace(/\/\/# sourceMappingURL=.*\s*$/, '');

function positionBefore(text: string, edits: Edit[]): CompiledCode['uploaded'] {
  const inserted = edits
    .filter(({ start, end }) => start === end)
    .map(({ start, text: added }) => {
      const lines = text.slice(0, start).split('\n');
      return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, length: added.length };
    });
  return (line, column) => {
    let uploaded = column;
    for (const edit of inserted) {
      if (edit.line === line && edit.column < uploaded)
        uploaded = Math.max(edit.column, uploaded - edit.length);
    }
    return { line, column: uploaded };
  };
}

function consoleCalls(program: Program): CompiledCode['consoleCall'] {
  const starts = new Map<string, CodePlace>();
  full(program, (node: AnyNode) => {
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return;
    if (node.object.name !== 'console' || !node.loc || !node.property.loc) return;
    const { line, column } = node.property.loc.start;
    starts.set(`${line}:${column + 1}`, { line: node.loc.start.line, column: node.loc.start.column + 1 });
  });
  return (place) => starts.get(`${place.line}:${place.column}`) ?? place;
}
