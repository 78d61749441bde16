import type { ASTVisitor, ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** No two operations share a name. */
export function uniqueOperationNames(context: ValidationContext): ASTVisitor {
  const names = new Set<string>();
  return {
    OperationDefinition(node) {
      const name = node.name?.value;
      if (name !== undefined && names.has(name)) {
        report(context, 'DuplicateOperationName', `There can be only one operation named '${name}'`, node);
      } else if (name !== undefined) {
        names.add(name);
      }
      return undefined;
    },
  };
}
