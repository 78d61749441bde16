import { type GraphQLLeafType, isEnumType, type ValueNode } from 'graphql';
import { AWS_SCALARS } from './aws-scalars.ts';
import { BUILT_IN_SCALARS } from './built-in-scalars.ts';
import type { Coercion } from './coercion.ts';
import { enumCoercion } from './enums.ts';

const known = new WeakMap<GraphQLLeafType, Coercion>();

/** Returns AppSync's coercion of a scalar or an enum; graphql-js's own is stricter. */
export function coercionOf(type: GraphQLLeafType): Coercion {
  const coercion = known.get(type) ?? find(type);
  known.set(type, coercion);
  return coercion;
}

function find(type: GraphQLLeafType): Coercion {
  // A schema with any other scalar was refused at start.
  return isEnumType(type) ? enumCoercion(type) : (BUILT_IN_SCALARS[type.name] ?? AWS_SCALARS[type.name])!;
}

export function acceptsLiteral(type: GraphQLLeafType, node: ValueNode): boolean {
  try {
    coercionOf(type).parseLiteral(node);
    return true;
  } catch {
    return false;
  }
}
