import type { ASTVisitor, ValidationContext } from 'graphql';
import { literalProblem } from '../literal-problem.ts';
import { namesAround, report } from '../report.ts';
import { valueText } from '../value-text.ts';

/** Literals have the types of their arguments. */
export const argumentsOfCorrectType = (context: ValidationContext): ASTVisitor => ({
  Argument(node, _key, parent, _path, ancestors) {
    const argument = context.getArgument();
    const problem = argument && literalProblem(argument.type, node.value);
    if (problem) {
      const { place, what, value = node.value } = problem;
      report(
        context,
        'WrongType',
        `argument '${node.name.value}${place}' with value '${valueText(value)}' ${what}`,
        node,
        namesAround(node, parent, ancestors),
      );
    }
    return undefined;
  },
});
