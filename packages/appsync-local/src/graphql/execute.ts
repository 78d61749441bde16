import { OperationTypeNode } from 'graphql';
import { setOwn } from '../ground/own-member.ts';
import type { RaisedError } from '../runtime/runtime.types.ts';
import { complete, type ExecuteObject } from './complete.ts';
import { fieldError } from './errors.ts';
import { type Execution, type FieldOutcome, type FieldSource, NULLED } from './execution.ts';
import { argumentsOf, plansBelow, rootPlans } from './field-plan.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';
import { fieldDepth, type Path } from './path.ts';
import type { GraphQLResponse } from './request.ts';
import { selectData } from './select-data.ts';

/** Executes an operation from its root fields: mutation fields one at a time, all other fields concurrently. */
export async function execute(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  source: FieldSource,
  rootValue: unknown = null,
): Promise<GraphQLResponse> {
  const execution: Execution = { operation, variables, source, errors: [] };
  const plans = rootPlans(operation, variables);
  const serial = operation.operation.operation === OperationTypeNode.MUTATION;
  const data = serial
    ? await executeSerially(execution, plans, rootValue)
    : await executeFields(execution, plans, rootValue, null);
  return respond(execution, data);
}

/** Executes an operation whose source never waits. */
export function executeSync(
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  source: FieldSource,
  rootValue: unknown,
): GraphQLResponse {
  const execution: Execution = { operation, variables, source, errors: [] };
  return respond(execution, executeFields(execution, rootPlans(operation, variables), rootValue, null));
}

function respond({ errors }: Execution, data: unknown): GraphQLResponse {
  return errors.length > 0 ? { data: data === NULLED ? null : data, errors } : { data };
}

async function executeSerially(execution: Execution, plans: FieldPlan[], source: unknown): Promise<unknown> {
  const values: unknown[] = [];
  for (const plan of plans) {
    const value = await executeField(execution, plan, source, { key: plan.responseName, previous: null });
    execution.source.completed?.(plan, value);
    values.push(value);
  }
  return assemble(plans, values);
}

/** The values of an object's selected fields; a promise only if one of them has to wait. */
function executeFields(
  execution: Execution,
  plans: FieldPlan[],
  source: unknown,
  path: Path | null,
): unknown {
  const values: unknown[] = new Array(plans.length);
  let waiting = false;
  for (let index = 0; index < plans.length; index += 1) {
    const plan = plans[index]!;
    const value = executeField(execution, plan, source, { key: plan.responseName, previous: path });
    waiting ||= value instanceof Promise;
    values[index] = value;
  }
  return waiting ? assembleLater(plans, values) : assemble(plans, values);
}

const assembleLater = async (plans: FieldPlan[], values: unknown[]): Promise<unknown> =>
  assemble(plans, await Promise.all(values));

/** Completes every field before a null among them replaces the object, so that each violation is reported. */
function assemble(plans: FieldPlan[], values: unknown[]): unknown {
  const result: Record<string, unknown> = {};
  for (let index = 0; index < plans.length; index++) {
    if (values[index] === NULLED) {
      return NULLED;
    }
    setOwn(result, plans[index]!.responseName, values[index]);
  }
  return result;
}

/**
 * Makes no functions of its own: V8 would allocate what they close over for each of the fields, nearly all of which are leaves that
 * wait for nothing. That and their functions were a tenth of what a put with its change feed allocated (sampled 2026-11-30).
 */
function executeField(execution: Execution, plan: FieldPlan, source: unknown, path: Path): unknown {
  const refusal = execution.source.refusal(plan) ?? depthRefusal(execution, path);
  if (refusal) {
    report(execution, plan, refusal, path);
    return completeField(execution, plan, NULLED, path);
  }
  const args = argumentsOf(plan, execution.variables);
  const outcome = execution.source.resolve(plan, source, args, path);
  return outcome
    ? completeOutcome(execution, plan, outcome, path)
    : completeField(execution, plan, property(execution, plan, source, args), path);
}

async function completeOutcome(
  execution: Execution,
  plan: FieldPlan,
  outcome: Promise<FieldOutcome>,
  path: Path,
): Promise<unknown> {
  const { value, errors } = await outcome;
  for (const error of errors) {
    report(execution, plan, error, path);
  }
  // A null that already has an error does not get a second one.
  const isReported = (value ?? null) === null && errors.length > 0;
  return completeField(execution, plan, isReported ? NULLED : value, path);
}

function report(execution: Execution, plan: FieldPlan, raised: RaisedError, path: Path): void {
  const data = selectData(execution, plan, raised.data);
  execution.errors.push(fieldError({ ...raised, data }, path, plan.nodes[0]!));
}

const completeField = (execution: Execution, plan: FieldPlan, value: unknown, path: Path): unknown =>
  complete(execution, plan, plan.shape, value, path, executeObject);

const executeObject: ExecuteObject = (execution, plan, type, object, path) =>
  executeFields(execution, plansBelow(execution.operation, plan, type, execution.variables), object, path);

/** Reads a field without a resolver from its parent; introspection's fields bring their own functions. */
function property(
  execution: Execution,
  plan: FieldPlan,
  source: unknown,
  args: Record<string, unknown>,
): unknown {
  const { resolve, name } = plan.definition;
  if (name === '__typename') {
    return plan.parentType.name;
  }
  if (resolve) {
    const { schema } = execution.operation;
    return resolve(source, args, undefined, { schema } as Parameters<typeof resolve>[3]);
  }
  return typeof source === 'object' && source !== null && Object.hasOwn(source, plan.fieldName)
    ? (source as Record<string, unknown>)[plan.fieldName]
    : null;
}

function depthRefusal({ source, operation }: Execution, path: Path): RaisedError | null {
  const limit = source.depthLimit;
  return limit > 0 && fieldDepth(path) > limit
    ? {
        message: `Query depth limit of ${limit} reached by ${operation.operation.name?.value ?? 'the operation'}.`,
        errorType: 'QueryDepthLimitReached',
        data: null,
        errorInfo: null,
      }
    : null;
}
