import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  isCompositeType,
  type ValidationContext,
} from 'graphql';
import { namesAround, report } from '../report.ts';

/** Fragments have the type of an object, interface or union. */
export function fragmentsOnCompositeType(context: ValidationContext): ASTVisitor {
  const isWrong = ({ typeCondition }: InlineFragmentNode | FragmentDefinitionNode): boolean => {
    const type = typeCondition && context.getSchema().getType(typeCondition.name.value);
    return type !== undefined && !isCompositeType(type);
  };
  const reportIt = (what: string, node: InlineFragmentNode | FragmentDefinitionNode, path: string[]): void =>
    report(
      context,
      'InlineFragmentTypeConditionInvalid',
      `${what} type condition is invalid, must be on Object/Interface/Union`,
      node,
      path,
    );
  return {
    InlineFragment(node, _key, parent, _path, ancestors) {
      if (isWrong(node)) {
        reportIt('Inline fragment', node, namesAround(node, parent, ancestors));
      }
      return undefined;
    },
    FragmentDefinition(node, _key, parent, _path, ancestors) {
      if (isWrong(node)) {
        reportIt('Fragment', node, namesAround(node, parent, ancestors));
      }
      return undefined;
    },
  };
}
