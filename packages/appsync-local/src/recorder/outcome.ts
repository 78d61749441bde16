import type { TracedOutcome } from '../trace/resolver-trace.ts';
import { Cut } from '../trace/weight.ts';
import type { Step } from './steps.ts';

/**
 * What the data source of a step answered. A resolver may change the items that it gets, so DynamoDB's are read again from the
 * texts of its answers.
 *
 * @returns a Cut when not all of them were kept; null before there is an answer, and for a step that asked nothing
 */
export async function outcomeOf({ ask, resolver, unit }: Step): Promise<TracedOutcome | Cut | null> {
  if (!ask || ask.endedAt === null) {
    return null;
  }
  const { again } = unit.dataSource ?? {};
  if (ask.outcome || !again) {
    return ask.outcome;
  }
  if (ask.request instanceof Cut) {
    return ask.request;
  }
  try {
    return await again(ask.request, { field: resolver.coordinate, functionId: unit.functionId }, ask.calls);
  } catch {
    return new Cut(0);
  }
}
