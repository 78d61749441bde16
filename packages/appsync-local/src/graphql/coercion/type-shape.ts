import {
  type GraphQLAbstractType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLLeafType,
  type GraphQLNullableType,
  type GraphQLObjectType,
  type GraphQLType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Coercion } from './coercion.ts';
import { coercionOf } from './leaf.ts';

/** The kind of a type, computed once: outside production mode each `is…Type` of graphql-js walks the type again. */
export type TypeShape = { required: boolean } & (
  | { kind: 'leaf'; type: GraphQLLeafType; coercion: Coercion }
  | { kind: 'list'; elementType: GraphQLType }
  | { kind: 'object'; type: GraphQLObjectType }
  | { kind: 'input object'; type: GraphQLInputObjectType; fields: GraphQLInputField[] }
  | { kind: 'abstract'; type: GraphQLAbstractType }
);

const known = new WeakMap<GraphQLType, TypeShape>();

/** Remembered per type: the types of a schema never change, wrappers included. */
export function shapeOf(type: GraphQLType): TypeShape {
  const found = known.get(type);
  if (found) {
    return found;
  }
  const required = isNonNullType(type);
  const shape = { required, ...describe(required ? (type.ofType as GraphQLNullableType) : type) };
  known.set(type, shape);
  return shape;
}

function describe(type: GraphQLType) {
  if (isLeafType(type)) {
    return { kind: 'leaf', type, coercion: coercionOf(type) } as const;
  }
  if (isListType(type)) {
    return { kind: 'list', elementType: type.ofType as GraphQLType } as const;
  }
  if (isObjectType(type)) {
    return { kind: 'object', type } as const;
  }
  if (isInputObjectType(type)) {
    return { kind: 'input object', type, fields: Object.values(type.getFields()) } as const;
  }
  return { kind: 'abstract', type: type as GraphQLAbstractType } as const;
}
