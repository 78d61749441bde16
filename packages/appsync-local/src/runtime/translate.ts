import type { AnyNode, ImportDeclaration, Program } from 'acorn';
import { full } from 'acorn-walk';
import { HANDLERS, exportsOf } from './check/exports.ts';
import { importedName } from './check/imports.ts';
import type { CodeUnit } from './check/rule.ts';
import { earlyReturns } from './early-returns.ts';
import { inOrder } from './edits.ts';
import type { Edit, Wrap } from './edits.ts';
import type { Javascript } from './javascript.ts';
import { metering } from './metering.ts';
import type { MeterNames } from './metering.ts';
import { observedJavascript } from './observed-javascript.ts';
import type { ObservedNames } from './observed-javascript.ts';

/**
 * The changes that turn a checked code unit into a function of the realm. It is plain data, so that it can be kept: reading and
 * checking the code again takes most of a start.
 */
export interface Translation {
  names: Names;
  /** In the order of the text; none lies inside another. */
  edits: Edit[];
  /** Statements that bind the imported names. */
  imports: string;
  /** The statement that returns the handlers. */
  closing: string;
  /** `line:column` of each console call, as V8 gives it, and the start of the whole expression. */
  consoleCalls: [string, { line: number; column: number }][];
}

/** Names for what the realm adds; the code uses none of them. */
interface Names extends ObservedNames, MeterNames {
  take: string;
  takeKeys: string;
  endEarly: string;
  modules: string;
}

/**
 * Keeps the lines and columns of the upload: imports and exports are blanked, and the calls put around the sources of loops are
 * accounted for.
 */
export function translate(text: string, unit: CodeUnit, javascript: Javascript): Translation {
  const { program } = unit;
  const names = unusedNames(text);
  const observed = javascript === 'plain' ? NOTHING : observedJavascript(unit, text, names);
  const metered = metering(unit, names);
  return {
    names,
    edits: inOrder(
      [
        ...moduleEdits(program, text),
        ...earlyReturnEdits(unit, text, names),
        ...observed.edits,
        ...metered.edits,
      ],
      // Of wraps around the same expression the first is the outermost: counting receives the result of an operator.
      [...loopWraps(program, names), ...metered.wraps, ...observed.wraps],
    ),
    imports: importBindings(program, names.modules),
    closing: closing(program),
    consoleCalls: consoleCalls(program),
  };
}

const NOTHING = { edits: [], wraps: [] };

/** Returns names that are no prefix of any identifier in the code, in any spelling. */
function unusedNames(text: string): Names {
  const spelled = withoutEscapes(text);
  let prefix = 'host$';
  while (spelled.includes(prefix)) {
    prefix += '_';
  }
  return {
    take: `${prefix}take`,
    takeKeys: `${prefix}takeKeys`,
    step: `${prefix}step`,
    spread: `${prefix}spread`,
    grown: `${prefix}grown`,
    endEarly: `${prefix}endEarly`,
    same: `${prefix}same`,
    coalesce: `${prefix}coalesce`,
    noCase: `${prefix}noCase`,
    modules: `${prefix}modules`,
  };
}

/** `h\u006fst` and `h\u{6f}st` are the identifier `host`. */
const withoutEscapes = (text: string): string =>
  text.replace(/\\u(?:\{([\da-fA-F]+)\}|([\da-fA-F]{4}))/g, (written, braced?: string, four?: string) => {
    const code = parseInt(braced ?? (four as string), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });

function moduleEdits(program: Program, text: string): Edit[] {
  return program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') {
      return [blank(node, text)];
    }
    if (node.type === 'ExportNamedDeclaration') {
      return [
        node.declaration
          ? blank({ start: node.start, end: node.declaration.start }, text)
          : blank(node, text),
      ];
    }
    if (node.type !== 'ExportDefaultDeclaration') {
      return [];
    }
    const isNamed = 'id' in node.declaration && node.declaration.id;
    const blanked = blank({ start: node.start, end: node.declaration.start }, text);
    // A default export is never read; `0,` keeps an anonymous function or an expression a statement.
    return [isNamed ? blanked : { ...blanked, text: `0,${blanked.text.slice(2)}` }];
  });
}

/** Blanks a range and keeps its lines and columns. */
const blank = ({ start, end }: { start: number; end: number }, text: string): Edit => ({
  start,
  end,
  text: text.slice(start, end).replace(/[^\n\r\u2028\u2029]/g, ' '),
});

function loopWraps(program: Program, names: Names): Wrap[] {
  const wraps: Wrap[] = [];
  full(program, (node: AnyNode) => {
    if (node.type !== 'ForOfStatement' && node.type !== 'ForInStatement') {
      return;
    }
    const name = node.type === 'ForOfStatement' ? names.take : names.takeKeys;
    // Parentheses around the walked expression belong to the loop's own, so both ends stay balanced.
    wraps.push({ start: node.right.start, end: node.right.end, before: `${name}((`, after: '))' });
  });
  return wraps;
}

/** Skips an early return whose replacement does not fit in the same columns, on one line: that call then throws, to the same effect. */
function earlyReturnEdits(unit: CodeUnit, text: string, { endEarly }: Names): Edit[] {
  return earlyReturns(unit).flatMap(({ start, callee }) => {
    const length = callee.end - callee.start;
    const fits = endEarly.length <= length && !/\s/.test(text.slice(callee.start, callee.end));
    return fits
      ? [
          { start, end: start, text: 'return ' },
          { ...callee, text: endEarly.padEnd(length) },
        ]
      : [];
  });
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

function consoleCalls(program: Program): Translation['consoleCalls'] {
  const calls: Translation['consoleCalls'] = [];
  full(program, (node: AnyNode) => {
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') {
      return;
    }
    if (node.object.name !== 'console' || !node.loc || !node.property.loc) {
      return;
    }
    const { line, column } = node.property.loc.start;
    calls.push([`${line}:${column + 1}`, { line: node.loc.start.line, column: node.loc.start.column + 1 }]);
  });
  return calls;
}
