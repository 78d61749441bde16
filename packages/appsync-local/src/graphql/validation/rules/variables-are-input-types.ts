import { type ASTVisitor, isInputType, typeFromAST, type ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** Variables are of scalars, enums and input types. */
export const variablesAreInputTypes = (context: ValidationContext): ASTVisitor => ({
  VariableDefinition(node) {
    const type = typeFromAST(context.getSchema(), node.type);
    if (type && !isInputType(type)) {
      report(context, 'NonInputTypeOnVariable', 'Wrong type for a variable', node);
    }
    return undefined;
  },
});
