import { isRecord } from '../ground/record.ts';
import { Cut } from '../trace/weight.ts';
import type { Show } from './hidden.ts';
import { outcomeOf } from './outcome.ts';
import type { Step } from './steps.ts';

/** Names of environment variables that are likely to hold credentials. */
const SECRET = /key|password|secret|token|credential/i;

/**
 * The context that a handler of a recorded step ran with, as `appsync-local evaluate` and AppSync's EvaluateCode take it.
 * Arguments are as the step's resolver got them.
 *
 * @param show hides credentials, so code that reads those headers sees placeholders
 */
export async function evaluationContextOf(
  step: Step,
  handler: 'request' | 'response',
  show: Show,
): Promise<Record<string, unknown>> {
  const { resolver, stashBefore, request, previous } = step;
  const { init } = resolver;
  const stash = handler === 'response' ? (request?.stash ?? stashBefore) : stashBefore;
  const env = Object.entries(init.env).filter(([name]) => !SECRET.test(name));
  return {
    arguments: show(init.arguments),
    identity: show(init.identity),
    source: show(init.source),
    request: show(init.request),
    info: show(init.info),
    stash: show(stash),
    env: show(Object.fromEntries(env)),
    ...(previous !== undefined && { prev: { result: show(previous) } }),
    ...(handler === 'response' && (await outcomeMembers(step, show))),
  };
}

/** A pipeline's own response handler sees the last step's result twice. */
async function outcomeMembers(step: Step, show: Show): Promise<Record<string, unknown>> {
  if (!step.unit.dataSource) {
    return { result: show(step.previous) };
  }
  const outcome = await outcomeOf(step);
  if (outcome === null || outcome instanceof Cut || outcome.kind === 'refused') {
    return { result: show(outcome instanceof Cut ? outcome : null) };
  }
  const { result, error } = outcome;
  return { result: show(result), ...(isRecord(error) && { error: show(error) }) };
}
