import type { RequestTrace } from '../trace/request-trace.ts';
import type { AskTrace, HandlerTrace, ResolverTrace, TracedUnit } from '../trace/resolver-trace.ts';

/**
 * One step of a resolver: a unit resolver or an AppSync function with its handlers and its data source, or a handler of the
 * pipeline itself.
 */
export interface Step {
  /** Counts the steps of the request from 1, in the order in which they are listed. */
  number: number;
  resolver: ResolverTrace;
  unit: TracedUnit;
  request?: HandlerTrace;
  ask?: AskTrace;
  response?: HandlerTrace;
  /** `ctx.stash` when the step began; null for the first one. */
  stashBefore: unknown;
  /** What `ctx.prev.result` was. */
  previous: unknown;
}

/** The steps of each resolver run. */
export function stepsOf({ resolvers }: RequestTrace): Map<ResolverTrace, Step[]> {
  let number = 0;
  return new Map(resolvers.map((resolver) => [resolver, stepsOfRun(resolver)]));

  function stepsOfRun(resolver: ResolverTrace): Step[] {
    const steps: Step[] = [];
    for (const mark of resolver.steps) {
      const last = steps.at(-1);
      if (!last || begins(mark, last)) {
        number += 1;
        steps.push({
          number,
          resolver,
          unit: mark.unit,
          stashBefore: last ? stashAfter(last) : {},
          previous: last ? resultOf(last) : undefined,
        });
      }
      const step = steps.at(-1)!;
      if (mark.kind === 'ask') {
        step.ask = mark;
      } else {
        step[mark.handler] = mark;
      }
    }
    return steps;
  }
}

/** Nothing follows the response of a step, and nothing comes before its request but that of a pipeline's own. */
const begins = (mark: HandlerTrace | AskTrace, { unit, response, ask, request }: Step): boolean =>
  mark.unit !== unit ||
  response !== undefined ||
  (mark.kind === 'ask'
    ? ask !== undefined
    : mark.handler === 'request' || (request !== undefined && !unit.dataSource));

export const stashAfter = ({ request, response, stashBefore }: Step): unknown =>
  (response ?? request)?.stash ?? stashBefore;

/** What a step hands on: what its last handler returned, or what a step without code got. */
function resultOf({ request, response, ask }: Step): unknown {
  const handler = response ?? (ask ? undefined : request);
  if (handler) {
    return 'kind' in handler.evaluation && handler.evaluation.kind !== 'raised'
      ? handler.evaluation.value
      : handler.evaluation;
  }
  return ask?.outcome && 'kind' in ask.outcome && ask.outcome.kind === 'answered'
    ? ask.outcome.result
    : undefined;
}
