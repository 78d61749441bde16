import { OperationTypeNode } from 'graphql';
import type { RequestRun } from '../graphql/execution.ts';
import { eventOf } from '../graphql/mutation-event.ts';
import type { PreparedOperation } from '../graphql/operation.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import type { ApiParts } from './api-parts.ts';

/**
 * Publishes the result of each mutation field that succeeded, even if a later field's error leaves the response without data: a
 * field's failure does not undo another field's write.
 */
export function announce(
  parts: ApiParts,
  operation: PreparedOperation,
  variables: Record<string, unknown>,
  { effects, mutated }: RequestRun,
  trace?: RequestTrace,
): void {
  if (operation.operation.operation !== OperationTypeNode.MUTATION) {
    return;
  }
  for (const { invalidations } of effects) {
    invalidations.forEach(parts.invalidate);
  }
  for (const { plan, value } of mutated) {
    if (parts.isWatched(plan.fieldName)) {
      const event = { mutation: plan.fieldName, result: eventOf(operation, variables, plan, value) };
      const delivery = parts.publish(event);
      trace?.delivered(plan.fieldName, delivery);
    }
  }
}
