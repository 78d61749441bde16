import {
  type ArgumentNode,
  type ASTVisitor,
  type GraphQLArgument,
  isRequiredArgument,
  type ValidationContext,
} from 'graphql';
import { namesAround, report } from '../report.ts';

/** Non-null arguments without a default are given. */
export const providedNonNullArguments = (context: ValidationContext): ASTVisitor => ({
  Field(node, _key, parent, _path, ancestors) {
    for (const { name } of missing(context.getFieldDef()?.args, node.arguments)) {
      const words = `Missing field argument ${name}`;
      report(context, 'MissingFieldArgument', words, node, namesAround(node, parent, ancestors));
    }
    return undefined;
  },
  Directive(node, _key, parent, _path, ancestors) {
    for (const { name } of missing(context.getDirective()?.args, node.arguments)) {
      const words = `Missing directive argument ${name}`;
      report(context, 'MissingDirectiveArgument', words, node, namesAround(node, parent, ancestors));
    }
    return undefined;
  },
});

function missing(
  wanted: readonly GraphQLArgument[] = [],
  given: readonly ArgumentNode[] = [],
): GraphQLArgument[] {
  const names = new Set(given.map(({ name }) => name.value));
  return wanted.filter((argument) => isRequiredArgument(argument) && !names.has(argument.name));
}
