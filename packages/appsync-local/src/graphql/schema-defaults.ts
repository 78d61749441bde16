import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  print,
} from 'graphql';
import { StartFailure } from '../ground/start-failure.ts';
import { defaultOf } from './coercion/literals.ts';

/**
 * graphql-java reads the defaults of scalars when it builds the schema (docs/facts/graphql.md#schema-defaults). graphql-js takes any; a
 * field with one that does not fit could not be asked.
 * @throws StartFailure that names the first that does not fit its type
 */
export function refuseWrongDefaults(schema: GraphQLSchema, logicalId: string): void {
  for (const [place, input] of Object.values(schema.getTypeMap()).flatMap(inputsOf)) {
    const node = input.astNode?.defaultValue;
    if (node && !isFitting(input)) {
      throw new StartFailure(
        `schema ${logicalId}: the default ${print(node)} of ${place} is not of type ${String(input.type)}`,
      );
    }
  }
}

/** Input fields and arguments of a type, each with its place as messages name it. */
function inputsOf(type: GraphQLNamedType): [place: string, GraphQLInputField | GraphQLArgument][] {
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field]);
  }
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  return fields.flatMap(({ name, args }) =>
    args.map((arg): [string, GraphQLArgument] => [`${type.name}.${name}(${arg.name}:)`, arg]),
  );
}

function isFitting(input: GraphQLInputField | GraphQLArgument): boolean {
  try {
    defaultOf(input);
    return true;
  } catch {
    return false;
  }
}
