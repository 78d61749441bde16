import type { ASTVisitor, ValidationContext } from 'graphql';
import { report } from '../report.ts';
import { variableUsages } from '../variable-usages.ts';

/** Declared variables are used. */
export const noUnusedVariables = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition: {
    leave(operation) {
      const used = new Set(variableUsages(context, operation).map(({ node }) => node.name.value));
      for (const definition of operation.variableDefinitions ?? []) {
        const name = definition.variable.name.value;
        if (!used.has(name)) {
          report(context, 'UnusedVariable', `Unused variable ${name}`, definition);
        }
      }
    },
  },
});
