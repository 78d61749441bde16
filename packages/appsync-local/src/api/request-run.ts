import { getNamedType } from 'graphql';
import type { InvocationDetails } from '../data-sources/data-source.ts';
import { unauthorizedError } from '../graphql/errors.ts';
import { type FieldOutcome, type FieldSource, NULLED, type RequestRun } from '../graphql/execution.ts';
import { mayAccess } from '../graphql/field-access.ts';
import { createInvalidationCount } from '../graphql/invalidations.ts';
import type { FieldPlan, PreparedOperation } from '../graphql/operation.ts';
import type { Path } from '../graphql/path.ts';
import type { GraphQLRequest, RequestOrigin } from '../graphql/request.ts';
import { selectionInfo } from '../graphql/selection-info.ts';
import { createBatches } from '../resolver/batches.ts';
import { type Resolver, runResolver } from '../resolver/resolver.ts';
import type {
  ContextInit,
  Evaluation,
  RaisedError,
  ResolverContext,
  ResolverEffects,
} from '../runtime/runtime.types.ts';
import type { ApiParts } from './api-parts.ts';

/** AppSync quota: resolvers that a request may run if the API sets no lower limit. */
const MAX_RESOLVERS = 10_000;

type Arguments = Record<string, unknown>;

/** Runs the resolvers of one request, and collects their effects. */
export class ApiRequestRun implements RequestRun {
  readonly effects: ResolverEffects[] = [];
  readonly mutated: RequestRun['mutated'] = [];
  readonly source: FieldSource;
  readonly #parts: ApiParts;
  readonly #operation: PreparedOperation;
  readonly #request: GraphQLRequest;
  readonly #origin: RequestOrigin;
  readonly #maxResolvers: number;
  readonly #invalidations = createInvalidationCount();
  readonly #batches = createBatches();
  #resolversRun = 0;

  constructor(parts: ApiParts, operation: PreparedOperation, request: GraphQLRequest, origin: RequestOrigin) {
    this.#parts = parts;
    this.#operation = operation;
    this.#request = request;
    this.#origin = origin;
    this.#maxResolvers = parts.api.resolverCountLimit || MAX_RESOLVERS;
    this.source = {
      serialized: false,
      depthLimit: parts.api.queryDepthLimit,
      refusal: (plan) => this.#refusal(plan),
      resolve: (plan, source, args, path) => {
        const resolver = parts.resolvers.get(plan.coordinate);
        return resolver && this.#resolve(resolver, plan, source, args, path);
      },
      completed: (plan, value) => {
        if (value !== NULLED && value !== null) {
          this.mutated.push({ plan, value });
        }
      },
    };
  }

  #refusal({ parentType, fieldName, coordinate }: FieldPlan): RaisedError | null {
    const allowed = mayAccess(this.#parts.schema.rules, this.#origin.caller, coordinate);
    return allowed ? null : unauthorizedError(fieldName, parentType.name);
  }

  async #resolve(
    resolver: Resolver,
    plan: FieldPlan,
    source: unknown,
    args: Arguments,
    path: Path,
  ): Promise<FieldOutcome> {
    this.#resolversRun += 1;
    if (this.#resolversRun > this.#maxResolvers) {
      return { value: null, errors: [tooManyResolvers(this.#maxResolvers)] };
    }
    const init = this.#contextInit(plan, source, args);
    const trace = this.#origin.trace?.resolving(init, path);
    const context = this.#parts.runtime.createContext(init);
    this.effects.push(context.effects);
    const invocation = {
      field: plan.coordinate,
      requestId: this.#origin.requestId,
      describe: () => detailsOf(this.#origin, plan, args),
    };
    const evaluation = await runResolver(resolver, context, invocation, this.#batches, trace);
    const excess = this.#invalidations.add(context.effects);
    const outcome = excess ? { value: null, errors: [excess] } : outcomeOf(evaluation, context, plan);
    trace?.ended(outcome.errors);
    return outcome;
  }

  #contextInit(plan: FieldPlan, source: unknown, args: Arguments): ContextInit {
    const { selectionSetList, selectionSetGraphQL } = selectionInfo(this.#operation, plan);
    return {
      arguments: args,
      identity: this.#origin.caller.identity,
      source,
      request: { headers: this.#origin.headers, domainName: null },
      info: {
        fieldName: plan.fieldName,
        parentTypeName: plan.parentType.name,
        variables: this.#request.variables ?? {},
        selectionSetList,
        selectionSetGraphQL,
      },
      env: this.#parts.api.environment,
      requestId: this.#origin.requestId,
    };
  }
}

const detailsOf = (
  { caller }: RequestOrigin,
  { definition }: FieldPlan,
  args: Arguments,
): InvocationDetails => ({
  arguments: args,
  identity: caller.identity,
  outputType: getNamedType(definition.type).name,
});

function outcomeOf(
  evaluation: Evaluation,
  { appendedErrors }: ResolverContext,
  { fieldName, parentType }: FieldPlan,
): FieldOutcome {
  const raised = evaluation.kind === 'raised';
  const errors = raised ? [...appendedErrors, evaluation.error] : appendedErrors;
  return {
    value: raised ? null : evaluation.value,
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
