import type { DataSource, Invocation, Outcome } from '../data-sources/data-source.ts';
import { isOverQuota } from './evaluated-size.ts';
import type { CodeModule, Evaluation, RaisedError, ResolverContext } from '../runtime/runtime.types.ts';

/** One request handler, data source and response handler: a unit resolver, or a step of a pipeline. */
export interface Step {
  dataSource: DataSource;
  /** Absent for a direct Lambda resolver, which sends the context itself. */
  module: CodeModule | null;
}

/** A resolver with its code compiled and its data sources found. */
export type Resolver = { kind: 'UNIT'; step: Step } | { kind: 'PIPELINE'; module: CodeModule; steps: Step[] };

/** What a run of a resolver came to; a raised error leaves no value. */
export type Run = { kind: 'value'; value: unknown } | { kind: 'raised'; error: RaisedError };

/** Runs a resolver once, for one field on one parent object. */
export function runResolver(
  resolver: Resolver,
  context: ResolverContext,
  invocation: Invocation,
): Promise<Run> {
  return resolver.kind === 'UNIT'
    ? runUnit(resolver.step, context, invocation)
    : runPipeline(resolver.module, resolver.steps, context, invocation);
}

/** `request`, the data source, `response`; an early return of `request` is the field's value at once. */
async function runUnit(step: Step, context: ResolverContext, invocation: Invocation): Promise<Run> {
  const result = await runStep(step, context, invocation);
  return result.kind === 'raised' ? result : { kind: 'value', value: result.value };
}

/**
 * The resolver's `request`, each step with the last one's result in `ctx.prev.result`, and the resolver's `response`
 * (AppSync developer guide, "JavaScript resolvers overview").
 */
async function runPipeline(
  module: CodeModule,
  steps: Step[],
  context: ResolverContext,
  invocation: Invocation,
): Promise<Run> {
  const before = withinQuota(module.request(context));
  if (before.kind === 'raised') {
    return before;
  }
  let previous = before.value;
  for (const step of before.kind === 'early' ? [] : steps) {
    context.setPrevious(previous);
    const result = await runStep(step, context, invocation);
    if (result.kind === 'raised') {
      return result;
    }
    previous = result.value;
    if (result.kind === 'early' && result.skipTo === 'END') {
      break;
    }
  }
  context.setPrevious(previous);
  context.setOutcome(previous, null);
  return ended(withinQuota(module.response(context)));
}

async function runStep(step: Step, context: ResolverContext, invocation: Invocation): Promise<Evaluation> {
  if (!step.module) {
    return direct(await step.dataSource.invoke(context.toJSON(), invocation));
  }
  const request = withinQuota(step.module.request(context));
  if (request.kind !== 'returned') {
    return request;
  }
  const outcome = await step.dataSource.invoke(request.value, invocation);
  if (outcome.kind === 'refused') {
    return raised(outcome.errorType, outcome.message);
  }
  context.setOutcome(outcome.result, outcome.error);
  const response = withinQuota(step.module.response(context));
  // An early return of `response` is a return.
  return response.kind === 'early' ? { kind: 'returned', value: response.value } : response;
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
  return evaluation.kind !== 'raised' && isOverQuota(evaluation.value)
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
