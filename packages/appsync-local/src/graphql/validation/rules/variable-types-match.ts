import {
  type ASTVisitor,
  GraphQLNonNull,
  type GraphQLType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type ValidationContext,
} from 'graphql';
import { report } from '../report.ts';
import { variableUsages } from '../variable-usages.ts';

/** A variable fits the place where it is used; a default makes its type non-null. */
export const variableTypesMatch = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation) {
    const definitions = new Map(
      operation.variableDefinitions?.map((definition) => [definition.variable.name.value, definition]),
    );
    for (const { node, type: expected, path } of variableUsages(context, operation)) {
      const definition = definitions.get(node.name.value);
      const declared = definition && typeFromAST(context.getSchema(), definition.type);
      if (!declared || !isInputType(declared) || !expected) {
        continue;
      }
      const hasDefault = definition.defaultValue !== undefined && !isNonNullType(declared);
      const effective = hasDefault ? new GraphQLNonNull(declared) : declared;
      if (!fits(effective, expected)) {
        const words = `Variable type '${String(effective)}' doesn't match expected type '${String(expected)}'`;
        report(context, 'VariableTypeMismatch', words, node, path);
      }
    }
    return undefined;
  },
});

function fits(type: GraphQLType, expected: GraphQLType): boolean {
  if (isNonNullType(expected)) {
    return isNonNullType(type) && fits(type.ofType, expected.ofType);
  }
  if (isNonNullType(type)) {
    return fits(type.ofType, expected);
  }
  if (isListType(type) || isListType(expected)) {
    return isListType(type) && isListType(expected) && fits(type.ofType, expected.ofType);
  }
  return type === expected;
}
