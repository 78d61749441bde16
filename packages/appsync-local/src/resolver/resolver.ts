import type { DataSource, Invocation, Outcome } from '../data-sources/data-source.ts';
import { bytesCopied } from '../runtime/copy-out.ts';
import type { CodeModule, Evaluation, ResolverContext } from '../runtime/runtime.types.ts';
import type { CallSink } from '../trace/call-trace.ts';
import type { AskTrace, ResolverTrace, TracedUnit } from '../trace/resolver-trace.ts';
import { type Batches, type BatchRun, createBatches } from './batches.ts';

/** One request handler, data source and response handler: a unit resolver, or a step of a pipeline. */
export interface Step {
  dataSource: DataSource;
  /** Absent for a direct Lambda resolver, which sends the context itself. */
  module: CodeModule | null;
  /** Requests in one batch. @default 0: each request is sent alone */
  batchSize?: number;
  /** Absent for a unit resolver. */
  functionId?: string;
  /** Of the AppSync function; absent for a unit resolver. */
  name?: string;
}

/** A resolver with compiled code and its data sources. */
export type Resolver = { kind: 'UNIT'; step: Step } | { kind: 'PIPELINE'; module: CodeModule; steps: Step[] };

/** What the steps of one run share. */
interface Surroundings {
  context: ResolverContext;
  invocation: Invocation;
  /** Null when no step uses batches. */
  batches: BatchRun | null;
  /** Absent when nobody wants to know of the steps. */
  trace: ResolverTrace | undefined;
}

/**
 * Runs a resolver once, for one field on one parent object. If the last step returns early, that value is the result.
 *
 * @param batches of the GraphQL request; @default this run is not batched with others
 * @param trace records each step. @default none
 */
export function runResolver(
  resolver: Resolver,
  context: ResolverContext,
  invocation: Invocation,
  batches: Batches = createBatches(),
  trace?: ResolverTrace,
): Promise<Evaluation> {
  const run = takesBatches(resolver) ? batches.begin(invocation) : null;
  const surroundings = { context, invocation, batches: run, trace };
  const ended =
    resolver.kind === 'UNIT'
      ? runStep(resolver.step, 0, surroundings)
      : runPipeline(resolver.module, resolver.steps, surroundings);
  return run ? ended.finally(() => run.end()) : ended;
}

const takesBatches = (resolver: Resolver): boolean =>
  resolver.kind === 'UNIT' ? isBatched(resolver.step) : resolver.steps.some(isBatched);

const isBatched = ({ batchSize = 0 }: Step): boolean => batchSize > 0;

/**
 * Runs the resolver's `request`, each step with the previous result in `ctx.prev.result`, and the resolver's `response`
 * (AppSync developer guide, "JavaScript resolvers overview").
 */
async function runPipeline(
  module: CodeModule,
  steps: Step[],
  surroundings: Surroundings,
): Promise<Evaluation> {
  const { context } = surroundings;
  const before = handle(module, 'request', PIPELINE, surroundings);
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
  return handle(module, 'response', PIPELINE, surroundings);
}

/** The resolver of a pipeline itself, whose handlers run before and after the AppSync functions. */
const PIPELINE: TracedUnit = {};

/** Runs a handler, and records its outcome and the stash after it. */
function handle(
  module: CodeModule,
  handler: 'request' | 'response',
  unit: TracedUnit,
  { context, trace }: Surroundings,
): Evaluation {
  if (!trace) {
    return handler === 'request' ? module.request(context) : module.response(context);
  }
  const startedAt = performance.now();
  const evaluation = handler === 'request' ? module.request(context) : module.response(context);
  const bytes = bytesCopied();
  trace.handled(unit, handler, startedAt, evaluation, bytes, context.copyStash());
  return evaluation;
}

/** Runs `request`, the data source and `response`; an early return of `request` is the result at once. */
async function runStep(step: Step, index: number, surroundings: Surroundings): Promise<Evaluation> {
  const { context } = surroundings;
  if (!step.module) {
    return direct(await ask(step, index, context.toJSON(), surroundings));
  }
  const request = handle(step.module, 'request', step, surroundings);
  if (request.kind !== 'returned') {
    return request;
  }
  const outcome = await ask(step, index, request.value, surroundings);
  if (outcome.kind === 'refused') {
    return raised(outcome.errorType, outcome.message);
  }
  context.setOutcome(outcome.result, outcome.error);
  const response = handle(step.module, 'response', step, surroundings);
  // An early return of `response` is a plain return.
  return response.kind === 'early' ? { kind: 'returned', value: response.value } : response;
}

function ask(step: Step, index: number, request: unknown, surroundings: Surroundings): Promise<Outcome> {
  const { trace } = surroundings;
  return trace
    ? askTraced(step, index, request, surroundings, trace)
    : send(step, index, request, surroundings);
}

async function askTraced(
  step: Step,
  index: number,
  request: unknown,
  surroundings: Surroundings,
  trace: ResolverTrace,
): Promise<Outcome> {
  const asked = step.module ? trace.asking(step, request) : trace.askingDirectly(step, request);
  const outcome = await send(step, index, request, surroundings, asked);
  asked.ended(outcome);
  return outcome;
}

function send(
  { dataSource, batchSize = 0, functionId }: Step,
  index: number,
  request: unknown,
  { invocation, batches }: Surroundings,
  trace?: AskTrace,
): Promise<Outcome> {
  const { batching } = dataSource;
  const key = batches && batching && batchSize > 0 ? batching.keyOf(request) : null;
  if (batches && batching && key !== null) {
    return batches.ask(index, batching, key, batchSize, request, trace);
  }
  return dataSource.invoke(
    request,
    trace
      ? ofStep(functionId, invocation, trace)
      : functionId
        ? ofFunction(functionId, invocation)
        : invocation,
  );
}

/** Copies member by member: a spread followed by another member would create a new object shape in V8 each time. */
const ofFunction = (functionId: string, { field, describe, requestId }: Invocation): Invocation => ({
  field,
  functionId,
  requestId,
  describe,
});

/** The same, for a step with recorded calls. */
const ofStep = (
  functionId: string | undefined,
  { field, describe, requestId }: Invocation,
  calls: CallSink,
): Invocation => ({ field, functionId, requestId, describe, calls });

/** Without handlers AppSync behaves like `util.error(ctx.error.message, ctx.error.type, ctx.result)` (direct Lambda reference). */
function direct(outcome: Outcome): Evaluation {
  if (outcome.kind === 'refused') {
    return raised(outcome.errorType, outcome.message);
  }
  return outcome.error
    ? raised(outcome.error.type, outcome.error.message, outcome.result)
    : { kind: 'returned', value: outcome.result };
}

const raised = (errorType: string, message: string, data: unknown = null): Evaluation => ({
  kind: 'raised',
  error: { errorType, message, data, errorInfo: null },
});
