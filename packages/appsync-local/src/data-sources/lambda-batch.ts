import { answered, failed } from './data-source.ts';
import type { Outcome } from './data-source.ts';

/** Returns one outcome per request; an error, or a result that is not such a list, applies to every request. */
export function spread(outcome: Outcome, count: number): Outcome[] {
  if (outcome.kind === 'refused' || outcome.error) {
    return Array<Outcome>(count).fill(outcome);
  }
  const answers = outcome.result;
  if (Array.isArray(answers) && answers.length === count) {
    return answers.map((answer) => answered(answer ?? null));
  }
  const found = Array.isArray(answers) ? `a list of ${answers.length}` : 'no list';
  const message = `The Lambda function answered ${found} to a batch of ${count}; it must answer one result per request, in order.`;
  return Array<Outcome>(count).fill(failed({ type: 'Lambda:BatchResponseError', message }));
}
