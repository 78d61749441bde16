import {
  getNullableType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { coercionOf } from './coercion/leaf.ts';
import type { Execution } from './execution.ts';
import { plansBelow } from './field-plan.ts';
import type { FieldPlan } from './operation.ts';

/**
 * Filters the `data` of an error by the field's selection set (AppSync developer guide, `util.error`): drops members that were
 * not selected, and adds none that the data lacks. Leaves take their response form, as in `data` of the response; whether AWS
 * does so too is unknown.
 */
export function selectData(execution: Execution, plan: FieldPlan, data: unknown): unknown {
  return select(execution, plan, plan.definition.type, data);
}

function select(
  execution: Execution,
  plan: FieldPlan,
  outputType: GraphQLOutputType,
  value: unknown,
): unknown {
  const type = getNullableType(outputType);
  if (value === null || value === undefined) {
    return null;
  }
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((element) => select(execution, plan, type.ofType, element))
      : null;
  }
  if (isLeafType(type)) {
    return serialized(type, value);
  }
  if (!isObjectType(type) || typeof value !== 'object') {
    return null;
  }
  const members = plansBelow(execution.operation, plan, type, execution.variables)
    .filter(({ fieldName }) => Object.hasOwn(value, fieldName))
    .map((below) => [
      below.responseName,
      select(execution, below, below.definition.type, (value as Record<string, unknown>)[below.fieldName]),
    ]);
  return Object.fromEntries(members) as unknown;
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return coercionOf(type).serialize(value);
  } catch {
    return value;
  }
}
