import { type GraphQLAbstractType, type GraphQLObjectType, isObjectType } from 'graphql';
import { isRecord } from '../ground/record.ts';
import { type Coercion, Unfit } from './coercion/coercion.ts';
import { shapeOf, type TypeShape } from './coercion/type-shape.ts';
import { completionError, nullError } from './errors.ts';
import { type Execution, NULLED } from './execution.ts';
import { rememberType } from './object-type.ts';
import type { FieldPlan } from './operation.ts';
import { type Path, pathText } from './path.ts';

/** Executes the fields selected below a field, on the object that it has come to. */
export type ExecuteObject = (
  execution: Execution,
  plan: FieldPlan,
  type: GraphQLObjectType,
  object: unknown,
  path: Path,
) => unknown;

/**
 * Converts a value to the form that its type has in a response. A null in a non-null place is recorded and returned as
 * `NULLED`, which the nearest nullable place turns into null.
 */
export function complete(
  execution: Execution,
  plan: FieldPlan,
  shape: TypeShape,
  value: unknown,
  path: Path,
  executeObject: ExecuteObject,
): unknown {
  if (value === NULLED) {
    return shape.required ? NULLED : null;
  }
  const completed =
    value === null || value === undefined
      ? null
      : completeValue(execution, plan, shape, value, path, executeObject);
  return completed instanceof Promise
    ? settleLater(execution, plan, shape, completed, path)
    : settle(execution, plan, shape, completed, path);
}

const settleLater = async (
  execution: Execution,
  plan: FieldPlan,
  shape: TypeShape,
  completed: Promise<unknown>,
  path: Path,
): Promise<unknown> => settle(execution, plan, shape, await completed, path);

function settle(
  execution: Execution,
  plan: FieldPlan,
  shape: TypeShape,
  completed: unknown,
  path: Path,
): unknown {
  if (!shape.required) {
    return completed === NULLED ? null : completed;
  }
  if (completed === null) {
    execution.errors.push(nullError(nameOf(shape), plan.parentType.name, path));
    return NULLED;
  }
  return completed;
}

function completeValue(
  execution: Execution,
  plan: FieldPlan,
  shape: TypeShape,
  value: unknown,
  path: Path,
  executeObject: ExecuteObject,
): unknown {
  if (shape.kind === 'leaf') {
    return execution.source.serialized ? value : completeLeaf(execution, shape.coercion, value, path);
  }
  if (shape.kind === 'list') {
    return completeList(execution, plan, shapeOf(shape.elementType), value, path, executeObject);
  }
  if (!isRecord(value)) {
    return mismatch(execution, 'OBJECT', value, path);
  }
  if (shape.kind !== 'abstract') {
    return executeObject(execution, plan, shape.type as GraphQLObjectType, value, path);
  }
  const objectType = runtimeType(execution, plan, shape.type, value, path);
  return objectType
    ? rememberType(executeObject(execution, plan, objectType, value, path), objectType)
    : NULLED;
}

/** A list has no name (graphql-java up to version 14). */
const nameOf = (shape: TypeShape): string | null => (shape.kind === 'list' ? null : shape.type.name);

function completeLeaf(execution: Execution, coercion: Coercion, value: unknown, path: Path): unknown {
  try {
    return coercion.serialize(value);
  } catch (error) {
    if (!(error instanceof Unfit)) {
      throw error;
    }
    const message = `Can't serialize value (${pathText(path)}) : ${error.message}`;
    execution.errors.push(completionError(message, path));
    return NULLED;
  }
}

function completeList(
  execution: Execution,
  plan: FieldPlan,
  elementShape: TypeShape,
  value: unknown,
  path: Path,
  executeObject: ExecuteObject,
): unknown {
  if (!Array.isArray(value)) {
    return mismatch(execution, 'LIST', value, path);
  }
  let waiting = false;
  const elements = value.map((element: unknown, key) => {
    const completed = complete(
      execution,
      plan,
      elementShape,
      element,
      { key, previous: path },
      executeObject,
    );
    waiting ||= completed instanceof Promise;
    return completed;
  });
  const gather = (settled: unknown[]): unknown => (settled.includes(NULLED) ? NULLED : settled);
  return waiting ? Promise.all(elements).then(gather) : gather(elements);
}

/** The suffix `, got …` is AppSync's own (observed); graphql-java ends at the expected kind. */
function mismatch(execution: Execution, expected: 'LIST' | 'OBJECT', value: unknown, path: Path): symbol {
  const got = Array.isArray(value) ? 'LIST' : typeof value === 'object' ? 'OBJECT' : 'SCALAR';
  const message = `Can't resolve value (${pathText(path)}) : type mismatch error, expected type ${expected}, got ${got}`;
  execution.errors.push(completionError(message, path));
  return NULLED;
}

function runtimeType(
  execution: Execution,
  plan: FieldPlan,
  type: GraphQLAbstractType,
  value: object,
  path: Path,
): GraphQLObjectType | null {
  const { schema } = execution.operation;
  const name = (value as { __typename?: unknown }).__typename;
  const found = typeof name === 'string' ? schema.getType(name) : undefined;
  if (isObjectType(found) && schema.isSubType(type, found)) {
    return found;
  }
  const field = `${plan.parentType.name}.${plan.fieldName}`;
  const message = `Can't resolve '${pathText(path)}'. Abstract type '${type.name}' must resolve to an Object type at runtime for field '${field}'.`;
  execution.errors.push(completionError(message, path));
  return null;
}
