import { type GraphQLOutputType, isListType, isNonNullType, isObjectType } from 'graphql';
import { rememberedType } from './object-type.ts';
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
  const objectType = isObjectType(type) ? type : rememberedType(value);
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
