import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { FieldPlan, PreparedOperation } from './operation.ts';
import { plansBelow } from './field-plan.ts';

/**
 * A mutation field's completed value as subscribers' selections read it: by field name instead of alias, each object
 * with its type's name so that abstract types can be told apart.
 */
export function eventOf(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  plan: FieldPlan,
  completed: unknown,
): unknown {
  return renamed(operation, variables, plan, plan.definition.type, completed);
}

function renamed(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  plan: FieldPlan,
  type: GraphQLOutputType,
  value: unknown,
): unknown {
  if (value === null || value === undefined) {
    return null;
  }
  if (isNonNullType(type) || isListType(type)) {
    return Array.isArray(value) && isListType(type)
      ? value.map((element) => renamed(operation, variables, plan, type.ofType, element))
      : renamed(operation, variables, plan, type.ofType, value);
  }
  const objectType = objectTypeOf(operation, type, value);
  if (!objectType) {
    return value;
  }
  const object: Record<string, unknown> = { __typename: objectType.name };
  for (const below of plansBelow(operation, plan, objectType, variables)) {
    const completed = (value as Record<string, unknown>)[below.responseName];
    object[below.fieldName] = renamed(operation, variables, below, below.definition.type, completed);
  }
  return object;
}

/** An abstract type's object tells its own only when the mutation selected `__typename`. */
function objectTypeOf(
  operation: PreparedOperation,
  type: GraphQLOutputType,
  value: unknown,
): GraphQLObjectType | null {
  const named = getNamedType(type);
  if (isObjectType(named)) {
    return named;
  }
  const name =
    typeof value === 'object' && value !== null ? (value as { __typename?: string }).__typename : undefined;
  const found = name ? operation.schema.getType(name) : undefined;
  return isObjectType(found) ? found : null;
}
