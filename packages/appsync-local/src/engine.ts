import { getNamedType, OperationTypeNode } from 'graphql';
import { RequestRefused } from './auth/caller.ts';
import type { InvocationDetails } from './data-sources/data-source.ts';
import { unauthorizedError } from './graphql/errors.ts';
import { eventOf } from './graphql/events.ts';
import { execute } from './graphql/execute.ts';
import { type FieldOutcome, NULLED, type RequestRun } from './graphql/execution.ts';
import { mayAccess } from './graphql/field-access.ts';
import { createInvalidationCount } from './graphql/invalidations.ts';
import type { FieldPlan, PreparedOperation } from './graphql/operation.ts';
import { createPrepare } from './graphql/prepare.ts';
import type { ExecutionResult, GraphQLRequest, RequestOrigin } from './graphql/request.ts';
import type { ApiSchema } from './graphql/schema.ts';
import { selectionInfo } from './graphql/selection-info.ts';
import { prepareSubscription } from './graphql/subscription.ts';
import type { MutationEvent, SubscribeOutcome } from './realtime/subscription.ts';
import { createBatches } from './resolver/batches.ts';
import { type Resolver, runResolver } from './resolver/resolver.ts';
import type {
  AppSyncRuntime,
  ContextInit,
  Evaluation,
  RaisedError,
  ResolverContext,
  ResolverEffects,
} from './runtime/runtime.types.ts';
import type { ApiModel } from './template/model.ts';

/** AppSync quota: what a query, a mutation or a `start` may take (AWS General Reference, AppSync quotas). */
const REQUEST_MS = 30_000;
/** AppSync quota: resolvers a request may run where the API sets no lower limit. */
const MAX_RESOLVERS = 10_000;

export interface EngineParts {
  api: ApiModel;
  schema: ApiSchema;
  runtime: AppSyncRuntime;
  /** By `Type.field`. */
  resolvers: Map<string, Resolver>;
  /** True while somebody subscribes to a mutation, so that nothing is made ready for nobody. */
  isWatched(mutation: string): boolean;
  publish(event: MutationEvent): void;
  invalidate(invalidation: ResolverEffects['invalidations'][number]): void;
}

/** A GraphQL API ready to answer. */
export interface Engine {
  /** Runs a query or mutation. @throws RequestRefused for what AppSync answers without running it */
  execute(request: GraphQLRequest, origin: RequestOrigin): Promise<ExecutionResult>;
  /** Judges a `start`: authorization, validation, and the field's own resolver. @throws RequestRefused as `execute` */
  subscribe(request: GraphQLRequest, origin: RequestOrigin): Promise<SubscribeOutcome>;
}

/**
 * The spine: a request goes through prepare, execute and respond; who calls has been settled before it comes here.
 */
export function createEngine(parts: EngineParts): Engine {
  const { api, schema } = parts;
  const prepare = createPrepare(schema.schema, api.introspectionEnabled);

  return {
    async execute(request, origin) {
      const prepared = prepare(request);
      if (prepared.kind === 'invalid') {
        return { response: { data: null, errors: prepared.errors }, headers: null };
      }
      const { operation, variables } = prepared;
      if (operation.operation.operation === OperationTypeNode.SUBSCRIPTION) {
        throw new RequestRefused(400, 'BadRequestException', OVER_HTTP);
      }
      const run = createRun(parts, operation, request, origin);
      const response = await withinTime(execute(operation, variables, run.source), TIMED_OUT);
      announce(parts, operation, variables, run);
      return { response, headers: responseHeaders(run.effects) };
    },

    async subscribe(request, origin) {
      const prepared = prepare(request);
      if (prepared.kind === 'invalid') {
        return { kind: 'refused', errors: prepared.errors };
      }
      const { operation, variables } = prepared;
      const run = createRun(parts, operation, request, origin);
      const outcome = prepareSubscription(schema, operation, variables, origin.caller, run);
      return withinTime(outcome, { kind: 'refused', errors: TIMED_OUT.errors });
    },
  };
}

function createRun(
  parts: EngineParts,
  operation: PreparedOperation,
  request: GraphQLRequest,
  origin: RequestOrigin,
): RequestRun {
  const { api, schema, resolvers, runtime } = parts;
  const limit = api.resolverCountLimit || MAX_RESOLVERS;
  const effects: ResolverEffects[] = [];
  const mutated: RequestRun['mutated'] = [];
  const invalidations = createInvalidationCount();
  const batches = createBatches();
  let count = 0;

  const resolve = async (
    resolver: Resolver,
    plan: FieldPlan,
    source: unknown,
    args: Record<string, unknown>,
  ): Promise<FieldOutcome> => {
    count += 1;
    if (count > limit) {
      return { value: null, errors: [tooManyResolvers(limit)] };
    }
    const context = runtime.createContext(contextInit(api, operation, request, origin, plan, source, args));
    effects.push(context.effects);
    const invocation = { field: plan.coordinate, describe: () => detailsOf(origin, plan, args) };
    const run = await runResolver(resolver, context, invocation, batches);
    const excess = invalidations.add(context.effects);
    return excess ? { value: null, errors: [excess] } : outcomeOf(run, context, plan);
  };

  return {
    effects,
    mutated,
    source: {
      serialized: false,
      completed(plan, value) {
        if (value !== NULLED && value !== null) {
          mutated.push({ plan, value });
        }
      },
      depthLimit: api.queryDepthLimit,
      refusal: ({ parentType, fieldName, coordinate }) =>
        mayAccess(schema.rules, origin.caller, coordinate)
          ? null
          : unauthorizedError(fieldName, parentType.name),
      resolve: (plan, source, args) => {
        const resolver = resolvers.get(plan.coordinate);
        return resolver && resolve(resolver, plan, source, args);
      },
    },
  };
}

function contextInit(
  api: ApiModel,
  operation: PreparedOperation,
  request: GraphQLRequest,
  origin: RequestOrigin,
  plan: FieldPlan,
  source: unknown,
  args: Record<string, unknown>,
): ContextInit {
  const { selectionSetList, selectionSetGraphQL } = selectionInfo(operation, plan);
  return {
    arguments: args,
    identity: origin.caller.identity,
    source,
    request: { headers: origin.headers, domainName: null },
    info: {
      fieldName: plan.fieldName,
      parentTypeName: plan.parentType.name,
      variables: request.variables ?? {},
      selectionSetList,
      selectionSetGraphQL,
    },
    env: api.environment,
  };
}

const detailsOf = (
  { caller }: RequestOrigin,
  { definition }: FieldPlan,
  args: Record<string, unknown>,
): InvocationDetails => ({
  arguments: args,
  identity: caller.identity,
  outputType: getNamedType(definition.type).name,
});

function outcomeOf(
  run: Evaluation,
  { appendedErrors }: ResolverContext,
  { fieldName, parentType }: FieldPlan,
): FieldOutcome {
  const errors = run.kind === 'raised' ? [...appendedErrors, run.error] : appendedErrors;
  return {
    value: run.kind === 'raised' ? null : run.value,
    errors: errors.map((error) =>
      error.unauthorized ? unauthorizedError(fieldName, parentType.name) : error,
    ),
  };
}

const tooManyResolvers = (limit: number): RaisedError => ({
  message: `Resolver invocation limit of ${limit} reached.`,
  errorType: 'ResolverExecutionLimitReached',
  data: null,
  errorInfo: null,
});

/**
 * Hands the result of each mutation field that succeeded to its subscribers, also where a later field's error leaves
 * the response without data: a field's write is not undone by its neighbour.
 */
function announce(
  parts: EngineParts,
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  { effects, mutated }: RequestRun,
): void {
  if (operation.operation.operation !== OperationTypeNode.MUTATION) {
    return;
  }
  for (const { invalidations } of effects) {
    invalidations.forEach(parts.invalidate);
  }
  for (const { plan, value } of mutated) {
    if (parts.isWatched(plan.fieldName)) {
      parts.publish({ mutation: plan.fieldName, result: eventOf(operation, variables, plan, value) });
    }
  }
}

function responseHeaders(effects: ResolverEffects[]): Record<string, string> | null {
  if (effects.every(({ responseHeaders }) => responseHeaders.length === 0)) {
    return null;
  }
  const headers = effects.flatMap(({ responseHeaders }) => responseHeaders);
  return Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), String(value)]));
}

/** The whole request fails at AppSync's time limit; what its data sources still do is not undone. */
function withinTime<Answer>(answer: Promise<Answer>, timedOut: Answer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, REQUEST_MS, timedOut);
    const inTime = (value: Answer): void => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(inTime, (error: Error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

/** AppSync's own words (docs/facts/graphql.md#malformed). */
const OVER_HTTP = 'Subscriptions over MQTT is not supported.';

const TIMED_OUT = {
  data: null,
  errors: [{ path: null, errorType: 'ExecutionTimeout', locations: null, message: 'Execution timed out.' }],
};
