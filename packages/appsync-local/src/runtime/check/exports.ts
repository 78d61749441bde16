import type { ExportSpecifier, Program } from 'acorn';
import type { Rule } from './rule.ts';

export type HandlerName = 'request' | 'response';

export const HANDLERS: readonly HandlerName[] = ['request', 'response'];

/** The local names of a module's exports: `export { a as request }` → `request` → `a`. */
export function exportsOf(program: Program): Map<string, string> {
  const exported = new Map<string, string>();
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source) {
      continue;
    }
    for (const specifier of node.specifiers) {
      exported.set(nameOf(specifier.exported), nameOf(specifier.local));
    }
    if (node.declaration?.type === 'VariableDeclaration') {
      for (const { id } of node.declaration.declarations) {
        if (id.type === 'Identifier') {
          exported.set(id.name, id.name);
        }
      }
    } else if (node.declaration) {
      exported.set(node.declaration.id.name, node.declaration.id.name);
    }
  }
  return exported;
}

/** A code unit exports `request` and `response` (AppSync developer guide, "JavaScript resolvers overview"). */
export const handlersExported: Rule = ({ program }, report) => {
  const exported = exportsOf(program);
  for (const name of HANDLERS) {
    if (!exported.has(name)) {
      report(program, `The code must export a function named "${name}".`);
    }
  }
};

const nameOf = (node: ExportSpecifier['local']): string =>
  node.type === 'Identifier' ? node.name : String(node.value);
