import { type GraphQLEnumType, Kind } from 'graphql';
import { type Coercion, Unfit } from './coercion.ts';
import { javaText } from './java-text.ts';

/** Accepts and returns the names of an enum's values (graphql-java 11, `GraphQLEnumType.java`). */
export function enumCoercion(type: GraphQLEnumType): Coercion {
  const named = (value: unknown, complaint: string): unknown => {
    const found = typeof value === 'string' && type.getValue(value);
    if (!found) {
      throw new Unfit(`Invalid input for Enum '${type.name}'. ${complaint} '${javaText(value)}'`);
    }
    return found.name;
  };
  return {
    parseValue: (value) => named(value, 'No value found for name'),
    parseLiteral: (node) => named(node.kind === Kind.ENUM ? node.value : null, 'No value found for name'),
    serialize: (value) => named(value, 'Unknown value'),
  };
}
