import { type ASTVisitor, isNonNullType, type ValidationContext } from 'graphql';
import { literalProblem } from '../literal-problem.ts';
import { report } from '../report.ts';
import { nameOfType } from '../type-text.ts';
import { valueText } from '../value-text.ts';

/** A variable's default has the variable's type, which in this generation must be nullable. */
export const variableDefaultValuesOfCorrectType = (context: ValidationContext): ASTVisitor => ({
  VariableDefinition(node) {
    const type = context.getInputType();
    if (!type || !node.defaultValue) {
      return undefined;
    }
    if (isNonNullType(type)) {
      report(context, 'DefaultForNonNullArgument', 'Missing value for non null type', node);
    }
    if (literalProblem(type, node.defaultValue)) {
      const words = `Bad default value ${valueText(node.defaultValue)} for type ${nameOfType(type)}`;
      report(context, 'BadValueForDefaultArg', words, node);
    }
    return undefined;
  },
});
