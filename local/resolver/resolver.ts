import type { DataSource, Invocation, Outcome } from '../data-sources/data-source.ts';
import type { CodeModule, Evaluation, RaisedError, ResolverContext } from '../runtime/runtime.types.ts';
import { type Batches, type BatchRun, createBatches } from './batches.ts';
import { isTooLarge } from './evaluated-size.ts';

/** One request handler, data source and response handler: a unit resolver, or a step of a pipeline. */
export interface Step {
  dataSource: DataSource;
  /** Absent for a direct Lambda resolver, which sends the context itself. */
  module: CodeModule | null;
  /** Requests in one batch. @default 0: the data source is asked one by one */
  batchSize?: number;
  /** Absent for a unit resolver. */
  functionId?: string;
}

/** A resolver with its code compiled and its data sources found. */
export type Resolver = { kind: 'UNIT'; step: Step } | { kind: 'PIPELINE'; module: CodeModule; steps: Step[] };

/** What a run of a resolver came to; a raised error leaves no value. */
export type Run = { kind: 'value'; value: unknown } | { kind: 'raised'; error: RaisedError };

/** What all steps of a run share. */
interface Surroundings {
  context: ResolverContext;
  invocation: Invocation;
  /** Null where no step takes batches. */
  batches: BatchRun | null;
}

/**
 * Runs a resolver once, for one field on one parent object.
 *
 * @param batches those of the GraphQL request; default: this run has no company
 */
export async function runResolver(
  resolver: Resolver,
  context: ResolverContext,
  invocation: Invocation,
  batches: Batches = createBatches(),
): Promise<Run> {
  const run = takesBatches(resolver) ? batches.begin(invocation.field) : null;
  try {
    const surroundings = { context, invocation, batches: run };
    return await (resolver.kind === 'UNIT'
      ? runUnit(resolver.step, surroundings)
      : runPipeline(resolver.module, resolver.steps, surroundings));
  } finally {
    run?.end();
  }
}

const takesBatches = (resolver: Resolver): boolean =>
  resolver.kind === 'UNIT' ? isBatched(resolver.step) : resolver.steps.some(isBatched);

const isBatched = ({ batchSize = 0 }: Step): boolean => batchSize > 0;

/** `request`, the data source, `response`; an early return of `request` is the field's value at once. */
async function runUnit(step: Step, surroundings: Surroundings): Promise<Run> {
  const result = await runStep(step, 0, surroundings);
  return result.kind === 'raised' ? result : { kind: 'value', value: result.value };
}

/**
 * The resolver's `request`, each step with the last one's result in `ctx.prev.result`, and the resolver's `response`
 * (AppSync developer guide, "JavaScript resolvers overview").
 */
async function runPipeline(module: CodeModule, steps: Step[], surroundings: Surroundings): Promise<Run> {
  const { context } = surroundings;
  const before = withinQuota(module.request(context));
  if (before.kind === 'raised') {
    return before;
  }
  let previous = before.value;
  for (const [index, step] of (before.kind === 'early' ? [] : steps).entries()) {
    context.setPrevious(previous);
    const result = await runStep(step, index, surroundings);
    if (result.kind === 'raised') {
      return result;
    }
    previous = result.value;
    if (result.kind === 'early' && result.skipTo === 'END') {
      break;
    }
  }
  context.setPipelineOutcome(previous);
  return ended(withinQuota(module.response(context)));
}

async function runStep(step: Step, index: number, surroundings: Surroundings): Promise<Evaluation> {
  const { context } = surroundings;
  if (!step.module) {
    return direct(await ask(step, index, context.toJSON(), surroundings));
  }
  const request = withinQuota(step.module.request(context));
  if (request.kind !== 'returned') {
    return request;
  }
  const outcome = await ask(step, index, request.value, surroundings);
  if (outcome.kind === 'refused') {
    return raised(outcome.errorType, outcome.message);
  }
  context.setOutcome(outcome.result, outcome.error);
  const response = withinQuota(step.module.response(context));
  // An early return of `response` is a return.
  return response.kind === 'early' ? { kind: 'returned', value: response.value } : response;
}

function ask(
  { dataSource, batchSize = 0, functionId }: Step,
  index: number,
  request: unknown,
  { invocation, batches }: Surroundings,
): Promise<Outcome> {
  const { batching } = dataSource;
  const key = batches && batching && batchSize > 0 ? batching.keyOf(request) : null;
  return batches && batching && key !== null
    ? batches.ask(index, batching, key, batchSize, request)
    : dataSource.invoke(request, functionId ? { ...invocation, functionId } : invocation);
}

/** Without handlers AppSync behaves as `util.error(ctx.error.message, ctx.error.type, ctx.result)` (direct Lambda reference). */
function direct(outcome: Outcome): Evaluation {
  if (outcome.kind === 'refused') {
    return raised(outcome.errorType, outcome.message);
  }
  return outcome.error
    ? raised(outcome.error.type, outcome.error.message, outcome.result)
    : { kind: 'returned', value: outcome.result };
}

/** What a handler evaluated to, unless it is larger than AppSync allows (observed, in the words of the older quota). */
function withinQuota(evaluation: Evaluation): Evaluation {
  return evaluation.kind !== 'raised' && isTooLarge(evaluation.value)
    ? raised('MappingTemplate', 'Transformation too large')
    : evaluation;
}

function ended(evaluation: Evaluation): Run {
  return evaluation.kind === 'raised' ? evaluation : { kind: 'value', value: evaluation.value };
}

const raised = (errorType: string, message: string, data: unknown = null): Evaluation => ({
  kind: 'raised',
  error: { errorType, message, data, errorInfo: null },
});
