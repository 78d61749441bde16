import { type GraphQLOutputType, isListType, isNonNullType, isObjectType } from 'graphql';
import { plansBelow } from './field-plan.ts';
import { rememberedType } from './object-type.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';

/**
 * Gives a mutation field's completed value the form that subscribers' selections read: fields under their own names, and the
 * type name of each object, so that abstract types can be resolved. A field that the mutation selected only under an alias is
 * missing, and so null for subscribers (observed on AWS, aws/aws-appsync-community#160). The alias of the mutation field itself
 * does not matter.
 */
export function eventOf(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  plan: FieldPlan,
  completed: unknown,
): unknown {
  return published(operation, variables, plan, plan.definition.type, completed);
}

function published(
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
      ? value.map((element) => published(operation, variables, plan, type.ofType, element))
      : published(operation, variables, plan, type.ofType, value);
  }
  const objectType = isObjectType(type) ? type : rememberedType(value);
  if (!objectType) {
    return value;
  }
  const object: Record<string, unknown> = { __typename: objectType.name };
  for (const below of plansBelow(operation, plan, objectType, variables)) {
    if (below.responseName !== below.fieldName) {
      continue;
    }
    const completed = (value as Record<string, unknown>)[below.fieldName];
    object[below.fieldName] = published(operation, variables, below, below.definition.type, completed);
  }
  return object;
}
