import {
  type ASTVisitor,
  doTypesOverlap,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type InlineFragmentNode,
  isCompositeType,
  type ValidationContext,
} from 'graphql';
import { namesAround, report } from '../report.ts';

/** A fragment can apply to some object of its place's type. */
export function possibleFragmentSpreads(context: ValidationContext): ASTVisitor {
  const check = (
    node: InlineFragmentNode | FragmentSpreadNode,
    words: string,
    type: GraphQLNamedType | undefined,
    parent: GraphQLCompositeType | null | undefined,
    path: string[],
  ): void => {
    if (isCompositeType(type) && parent && !doTypesOverlap(context.getSchema(), type, parent)) {
      const reason = `cannot be spread here as objects of type ${parent.name} can never be of type ${type.name}`;
      report(context, 'InvalidFragmentType', `${words} ${reason}`, node, path);
    }
  };
  return {
    InlineFragment(node, _key, parent, _path, ancestors) {
      const type = context.getSchema().getType(node.typeCondition?.name.value ?? '');
      check(node, 'Fragment', type, context.getParentType(), namesAround(node, parent, ancestors));
      return undefined;
    },
    FragmentSpread(node, _key, parent, _path, ancestors) {
      const name = node.name.value;
      const type = context.getSchema().getType(context.getFragment(name)?.typeCondition.name.value ?? '');
      check(node, `Fragment ${name}`, type, context.getParentType(), namesAround(node, parent, ancestors));
      return undefined;
    },
  };
}
