import { getNamedType, isAbstractType, isObjectType, OperationTypeNode } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { ResolverEffects } from '../runtime/runtime.types.ts';
import { suppliedArguments } from './coercion/arguments.ts';
import { fieldError, unauthorizedError } from './errors.ts';
import { execute, executeSync } from './execute.ts';
import type { FieldSource, RequestRun } from './execution.ts';
import { mayAccess } from './field-access.ts';
import { argumentsOf, plansBelow, rootPlans } from './field-plan.ts';
import type { FieldPlan, PreparedOperation } from './operation.ts';
import type { Path } from './path.ts';
import type { GraphQLErrorEntry, GraphQLResponse } from './request.ts';
import type { ApiSchema } from './schema.ts';
import type { PreparedSubscription, SubscribeOutcome } from './subscription.ts';

type Variables = Record<string, unknown>;

/**
 * Turns a `start` message into a subscription: checks that this caller may read the field and its selection, then runs the
 * field's resolver once, which may refuse or set filters (AppSync developer guide, "Real-time data").
 */
export async function prepareSubscription(
  { rules, subscribes }: ApiSchema,
  operation: PreparedOperation,
  variables: Variables,
  caller: Caller,
  run: RequestRun,
): Promise<SubscribeOutcome> {
  const [plan, ...more] = rootPlans(operation, variables);
  if (operation.operation.operation !== OperationTypeNode.SUBSCRIPTION || !plan || more.length > 0) {
    return refused([{ message: 'A subscription operation selects exactly one field.' }]);
  }
  const refusals = refusedFields(
    operation,
    plan,
    variables,
    ({ coordinate }) => !mayAccess(rules, caller, coordinate),
  );
  if (refusals.length > 0) {
    return refused(refusals);
  }
  const args = argumentsOf(plan, variables);
  const path = { key: plan.responseName, previous: null };
  const outcome = await run.source.resolve(plan, null, args, path);
  if (outcome && outcome.errors.length > 0) {
    return refused(outcome.errors.map((error) => fieldError(error, path, plan.nodes[0]!)));
  }
  const mismatches = outcome ? await mismatchesOf(operation, plan, variables, run, outcome.value) : [];
  if (mismatches.length > 0) {
    return refused(mismatches);
  }
  return {
    kind: 'accepted',
    subscription: subscriptionOf(operation, plan, variables, args, subscribes, run.effects),
  };
}

const refused = (errors: GraphQLErrorEntry[]): SubscribeOutcome => ({ kind: 'refused', errors });

/**
 * Completes the result of a subscription's resolver like any other field's: null where the field is nullable, or a value of its
 * type. Anything else refuses the subscription (observed, awslabs/aws-mobile-appsync-sdk-js#493).
 */
async function mismatchesOf(
  operation: PreparedOperation,
  root: FieldPlan,
  variables: Variables,
  { source }: RequestRun,
  value: unknown,
): Promise<GraphQLErrorEntry[]> {
  const { errors = [] } = await execute(operation, variables, {
    ...source,
    resolve: (plan, parent, args, path) =>
      plan.coordinate === root.coordinate
        ? Promise.resolve({ value, errors: [] })
        : source.resolve(plan, parent, args, path),
  });
  return errors;
}

/** Finds every selected field that the caller may not read, on each possible object type: events are not checked again on arrival. */
function refusedFields(
  operation: PreparedOperation,
  plan: FieldPlan,
  variables: Variables,
  isRefused: (plan: FieldPlan) => boolean,
  above: Path | null = null,
): GraphQLErrorEntry[] {
  const path = { key: plan.responseName, previous: above };
  const own = isRefused(plan)
    ? [fieldError(unauthorizedError(plan.fieldName, plan.parentType.name), path, plan.nodes[0]!)]
    : [];
  const type = getNamedType(plan.definition.type);
  const types = isAbstractType(type)
    ? operation.schema.getPossibleTypes(type)
    : isObjectType(type)
      ? [type]
      : [];
  const below = types.flatMap((each) => plansBelow(operation, plan, each, variables));
  return [...own, ...below.flatMap((field) => refusedFields(operation, field, variables, isRefused, path))];
}

/** Events arrive with serialized leaves, and need no resolvers and no authorization. */
const EVENT_SOURCE: FieldSource = {
  serialized: true,
  depthLimit: 0,
  refusal: () => null,
  resolve: () => undefined,
};

function subscriptionOf(
  operation: PreparedOperation,
  plan: FieldPlan,
  variables: Variables,
  args: Record<string, unknown>,
  subscribes: Map<string, string[]>,
  effects: ResolverEffects[],
): PreparedSubscription {
  const { subscriptionFilter, subscriptionInvalidationFilter } = effects[0] ?? {};
  return {
    fieldName: plan.fieldName,
    mutations: subscribes.get(plan.fieldName) ?? [],
    arguments: suppliedArguments(args, plan.nodes[0]!, variables),
    filter: subscriptionFilter,
    invalidationFilter: subscriptionInvalidationFilter,
    renderKey: renderKey(operation, variables),
    render: (event) =>
      eventResponse(executeSync(operation, variables, EVENT_SOURCE, { [plan.fieldName]: event })),
  };
}

/** Errors in a delivery have only a message and a path (observed, aws-amplify/amplify-category-api#1338). */
const eventResponse = ({ data, errors }: GraphQLResponse): GraphQLResponse =>
  errors ? { data, errors: errors.map(({ message, path }) => ({ message, path })) } : { data };

const operationNumbers = new WeakMap<PreparedOperation, number>();
let lastNumber = 0;

/** Documents are cached by their text, so equal texts are the same operation; variables matter only for conditions. */
function renderKey(operation: PreparedOperation, variables: Variables): string {
  const number = operationNumbers.get(operation) ?? (lastNumber += 1);
  operationNumbers.set(operation, number);
  return operation.conditional ? `${number} ${JSON.stringify(variables)}` : String(number);
}
