import { type ASTVisitor, isInputType, typeFromAST, type ValidationContext } from 'graphql';
import { report } from '../report.ts';

/** Variables have the type of a scalar, enum or input object. */
export const variablesAreInputTypes = (context: ValidationContext): ASTVisitor => ({
  VariableDefinition(node) {
    const type = typeFromAST(context.getSchema(), node.type);
    if (type && !isInputType(type)) {
      report(context, 'NonInputTypeOnVariable', 'Wrong type for a variable', node);
    }
    return undefined;
  },
});
