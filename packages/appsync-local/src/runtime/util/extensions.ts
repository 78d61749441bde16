import { map, text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { currentRun, type Session } from '../session.ts';

/** The namespace `extensions` (developer guide, "Extensions"). */
export const extensions = (session: Session): HelperTree => ({
  /** Evicts nothing, since there is no local cache; wrong arguments still fail. */
  evictFromApiCache: (typeName: unknown, fieldName: unknown, keyValuePair: unknown) => {
    text(typeName, 'extensions.evictFromApiCache');
    text(fieldName, 'extensions.evictFromApiCache');
    map(keyValuePair, 'extensions.evictFromApiCache');
  },
  setSubscriptionFilter: (filter: unknown) => {
    currentRun(session, 'extensions.setSubscriptionFilter').effects.subscriptionFilter = filter ?? null;
  },
  setSubscriptionInvalidationFilter: (filter: unknown) => {
    currentRun(
      session,
      'extensions.setSubscriptionInvalidationFilter',
    ).effects.subscriptionInvalidationFilter = filter ?? null;
  },
  invalidateSubscriptions: (invalidation: unknown) => {
    const helper = 'extensions.invalidateSubscriptions';
    const { subscriptionField, payload } = map(invalidation, helper);
    currentRun(session, helper).effects.invalidations.push({
      subscriptionField: text(subscriptionField, helper),
      payload: payload ?? null,
    });
  },
});
