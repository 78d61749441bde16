import type { ASTVisitor, FragmentDefinitionNode, OperationDefinitionNode, ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** Each fragment is spread by some operation. */
export function noUnusedFragments(context: ValidationContext): ASTVisitor {
  const operations: OperationDefinitionNode[] = [];
  const fragments: FragmentDefinitionNode[] = [];
  return {
    OperationDefinition: (node) => void operations.push(node),
    FragmentDefinition: (node) => void fragments.push(node),
    Document: {
      leave() {
        const used = new Set(
          operations.flatMap((operation) => context.getRecursivelyReferencedFragments(operation)),
        );
        for (const fragment of fragments.filter((one) => !used.has(one))) {
          report(context, 'UnusedFragment', `Unused fragment ${fragment.name.value}`, fragment);
        }
      },
    },
  };
}
