import type { AnyNode, Program } from 'acorn';
import { HANDLERS, exportsOf } from './check/exports.ts';
import { importedName } from './check/imports.ts';
import type { CodeUnit } from './check/rule.ts';
import { isFunction } from './check/scopes.ts';
import type { FunctionNode, Reference, Scopes } from './check/scopes.ts';

/** A statement `runtime.earlyReturn(…)`, and the part that names the function. */
export interface EarlyReturn {
  start: number;
  callee: { start: number; end: number };
}

/**
 * Finds the statements of handlers that may become `return …`: nearly all such calls. Throwing costs more than most handlers
 * do, and remains for calls inside functions that handlers call, or in a handler that is called by name.
 */
export function earlyReturns({ program, scopes }: CodeUnit): EarlyReturn[] {
  if (takesNameForAnother(program)) {
    return [];
  }
  const handlers = handlersCalledByNobody(program, scopes);
  return scopes.references.flatMap(({ identifier, binding, ancestors }) => {
    const isNamespace = binding === undefined || binding.kind === 'import';
    if (identifier.name !== 'runtime' || !isNamespace) {
      return [];
    }
    const [statement, call, member] = ancestors.slice(-3);
    const within = ancestors.findLast(isFunction);
    return within &&
      handlers.has(within) &&
      statement?.type === 'ExpressionStatement' &&
      call?.type === 'CallExpression' &&
      !call.optional &&
      member?.type === 'MemberExpression' &&
      member === call.callee &&
      !member.computed &&
      !member.optional &&
      member.property.type === 'Identifier' &&
      member.property.name === 'earlyReturn'
      ? [{ start: statement.start, callee: { start: member.start, end: member.end } }]
      : [];
  });
}

/** `import { util as runtime }`. */
const takesNameForAnother = (program: Program): boolean =>
  program.body.some(
    (node) =>
      node.type === 'ImportDeclaration' &&
      node.specifiers.some(
        (specifier) =>
          specifier.local.name === 'runtime' &&
          !(specifier.type === 'ImportSpecifier' && importedName(specifier) === 'runtime'),
      ),
  );

function handlersCalledByNobody(program: Program, { references, topLevel }: Scopes): Set<AnyNode> {
  const exported = exportsOf(program);
  const handlers = HANDLERS.flatMap((name): FunctionNode[] => {
    const handler = topLevel(exported.get(name) ?? '')?.function;
    return handler ? [handler] : [];
  });
  const isUsed = (handler: FunctionNode): boolean =>
    references.some((reference) => reference.binding?.function === handler && !isExport(reference));
  return new Set(handlers.filter((handler) => !isUsed(handler)));
}

const isExport = ({ ancestors }: Reference): boolean => ancestors.at(-1)?.type === 'ExportSpecifier';
