import {
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type OperationDefinitionNode,
  TypeInfo,
  type ValidationContext,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { namesAround } from './report.ts';

/** A variable where an operation uses it, including through fragments. */
export interface VariableUsage {
  node: VariableNode;
  /** The type expected at that place; absent where it is unknown. */
  type: GraphQLInputType | null | undefined;
  /** Names of the fields and fragments on the way to it. */
  path: string[];
}

const known = new WeakMap<OperationDefinitionNode, VariableUsage[]>();

/** Every use, in the order of the document; each fragment is visited once. */
export function variableUsages(
  context: ValidationContext,
  operation: OperationDefinitionNode,
): VariableUsage[] {
  const usages = known.get(operation) ?? collect(context, operation);
  known.set(operation, usages);
  return usages;
}

function collect(context: ValidationContext, operation: OperationDefinitionNode): VariableUsage[] {
  const usages: VariableUsage[] = [];
  const seen = new Set<string>();

  const walk = (root: OperationDefinitionNode | FragmentDefinitionNode, above: string[]): void => {
    const types = new TypeInfo(context.getSchema());
    visit(
      root,
      visitWithTypeInfo(types, {
        VariableDefinition: () => false,
        Variable(node, _key, parent, _path, ancestors) {
          usages.push({
            node,
            type: types.getInputType(),
            path: [...above, ...namesAround(node, parent, ancestors)],
          });
        },
        FragmentSpread(node, _key, parent, _path, ancestors) {
          const fragment = context.getFragment(node.name.value);
          if (fragment && !seen.has(fragment.name.value)) {
            seen.add(fragment.name.value);
            walk(fragment, [...above, ...namesAround(node, parent, ancestors)]);
          }
        },
      }),
    );
  };
  walk(operation, []);
  return usages;
}
