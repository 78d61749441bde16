import type { RaisedError, ResolverEffects } from '../runtime/runtime.types.ts';

/** Developer guide, "Extensions": unique `extensions.invalidateSubscriptions()` calls in a single request. */
const MAX_INVALIDATIONS = 5;

/** Counts the subscription invalidations of one request. */
export interface InvalidationCount {
  /**
   * Adds the invalidations of one resolver; repeated calls count once. If they exceed the limit of the request, all of this
   * resolver's are dropped, because the returned error belongs to its field. The guide promises a GraphQL error; its wording is
   * ours.
   */
  add(effects: ResolverEffects): RaisedError | null;
}

export function createInvalidationCount(): InvalidationCount {
  const seen = new Set<string>();
  return {
    add(effects) {
      if (effects.invalidations.length === 0) {
        return null;
      }
      const fresh = new Map(
        effects.invalidations
          .map((invalidation) => [keyOf(invalidation), invalidation] as const)
          .filter(([key]) => !seen.has(key)),
      );
      const count = seen.size + fresh.size;
      const excess = fresh.size > 0 && count > MAX_INVALIDATIONS;
      effects.invalidations = excess ? [] : [...fresh.values()];
      if (excess) {
        return tooMany(count);
      }
      fresh.forEach((_, key) => seen.add(key));
      return null;
    },
  };
}

const keyOf = ({ subscriptionField, payload }: ResolverEffects['invalidations'][number]): string =>
  JSON.stringify([subscriptionField, payload]);

const tooMany = (count: number): RaisedError => ({
  message:
    `A request may make at most ${MAX_INVALIDATIONS} unique calls of extensions.invalidateSubscriptions(), ` +
    `this one makes ${count}.`,
  errorType: 'SubscriptionInvalidationLimitExceeded',
  data: null,
  errorInfo: null,
});
