import type { ASTVisitor, ValidationContext } from 'graphql';
import { report } from '../report.ts';
import { variableUsages } from '../variable-usages.ts';

/** Used variables are declared. */
export const noUndefinedVariables = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation) {
    const declared = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
    for (const { node, path } of variableUsages(context, operation)) {
      if (!declared.has(node.name.value)) {
        report(context, 'UndefinedVariable', `Undefined variable ${node.name.value}`, node, path);
      }
    }
    return undefined;
  },
});
