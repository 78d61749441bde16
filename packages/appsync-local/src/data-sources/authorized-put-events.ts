import type { PutEvents } from '../events/put-events.ts';
import type { Judge } from '../iam/access.ts';

/**
 * Puts events as a role, and is refused what the role may not do (docs/facts/data-sources.md#event-bridge-denied).
 * @param judge undefined refuses nothing
 */
export function authorizedPutEvents(
  putEvents: PutEvents,
  judge: Judge | undefined,
  busArn: string,
): PutEvents {
  return (busName, entries) => {
    const refusal = judge?.({ action: 'events:PutEvents', resource: busArn });
    return refusal ? { kind: 'refused', message: refusal.message } : putEvents(busName, entries);
  };
}
