import { MAX_PAYLOAD_BYTES } from './limits.ts';
import { argumentEqualities, compileArgumentFilter } from './argument-filter.ts';
import { createMatchIndex, type MatchIndex } from './match-index.ts';
import {
  compileSubscriptionFilter,
  filterEqualities,
  type Equality,
  type EventMatcher,
} from './subscription-filter.ts';
import type { MutationEvent, PreparedSubscription } from './subscription.ts';

/** One subscription's side of the fan-out. */
export interface Subscriber {
  /** @param payload the JSON text of a `data` message's payload, shared by all who asked for the same. */
  deliver(payload: string): void;
  /** The subscription was invalidated and is no longer part of the fan-out. */
  end(): void;
}

/** Takes a subscription out of the fan-out; may be called twice. */
export type Removal = () => void;

/** Brings mutation results to the subscriptions they match. */
export interface FanOut {
  add(subscription: PreparedSubscription, subscriber: Subscriber): Removal;
  /**
   * Delivers to everyone who matches before it returns; call it once the mutation's response is computed. A null
   * result publishes nothing. Never throws: a subscriber's fault is not the mutation's.
   */
  publish(event: MutationEvent): void;
  /** True while somebody subscribes to the mutation. */
  isWatched(mutation: string): boolean;
  /** Ends the subscriptions of a field whose invalidation filter matches the payload. */
  invalidate(invalidation: { subscriptionField: string; payload: unknown }): void;
  /** Subscriptions in the fan-out. */
  readonly size: number;
}

interface Entry {
  subscription: PreparedSubscription;
  subscriber: Subscriber;
  matches: EventMatcher;
  isInvalidatedBy: EventMatcher;
}

/**
 * @param report told, in one line, of dropped events and failing subscribers. @default console.warn
 */
export const createFanOut = (report: (line: string) => void = console.warn): FanOut => {
  const byMutation = new Map<string, MatchIndex<Entry>>();
  const byField = new Map<string, MatchIndex<Entry>>();
  const all = new Set<Entry>();

  const remove = (entry: Entry): void => {
    const { fieldName, mutations } = entry.subscription;
    all.delete(entry);
    byField.get(fieldName)?.delete(entry);
    mutations.forEach((mutation) => byMutation.get(mutation)?.delete(entry));
  };

  return {
    add(subscription, subscriber) {
      const entry = toEntry(subscription, subscriber);
      const wanted = wantedEqualities(subscription);
      all.add(entry);
      slot(byField, subscription.fieldName).add(entry, filterEqualities(subscription.invalidationFilter));
      subscription.mutations.forEach((mutation) => slot(byMutation, mutation).add(entry, wanted));
      return () => remove(entry);
    },
    publish(event) {
      if (event.result === null || event.result === undefined) return;
      const payloadOf = createRenderer(event, report);
      byMutation
        .get(event.mutation)
        ?.visit(event.result, (entry) => deliver(entry, event, payloadOf, report));
    },
    isWatched: (mutation) => (byMutation.get(mutation)?.size ?? 0) > 0,
    invalidate({ subscriptionField, payload }) {
      byField.get(subscriptionField)?.visit(payload, (entry) => {
        if (!entry.isInvalidatedBy(payload)) return;
        remove(entry);
        entry.subscriber.end();
      });
    },
    get size() {
      return all.size;
    },
  };
};

const slot = (index: Map<string, MatchIndex<Entry>>, key: string): MatchIndex<Entry> => {
  const found = index.get(key) ?? createMatchIndex<Entry>();
  index.set(key, found);
  return found;
};

const wantedEqualities = (subscription: PreparedSubscription): Equality[][] =>
  subscription.filter === undefined
    ? [argumentEqualities(subscription.arguments)]
    : filterEqualities(subscription.filter);

/** Filters are compiled here, once, and not on any event's way. */
const toEntry = (subscription: PreparedSubscription, subscriber: Subscriber): Entry => ({
  subscription,
  subscriber,
  // A filter that was set replaces argument filtering, even one that lets everything pass (developer guide).
  matches:
    subscription.filter === undefined
      ? compileArgumentFilter(subscription.arguments)
      : (compileSubscriptionFilter(subscription.filter) ?? (() => true)),
  // Without conditions there is nothing an invalidation could match.
  isInvalidatedBy: compileSubscriptionFilter(subscription.invalidationFilter) ?? (() => false),
});

type PayloadOf = (subscription: PreparedSubscription) => string | null;

const deliver = (
  { subscription, subscriber, matches }: Entry,
  event: MutationEvent,
  payloadOf: PayloadOf,
  report: (line: string) => void,
): void => {
  try {
    const payload = matches(event.result) ? payloadOf(subscription) : null;
    if (payload !== null) subscriber.deliver(payload);
  } catch (error) {
    report(`delivering ${event.mutation} to ${subscription.fieldName} failed: ${String(error)}`);
  }
};

/** Renders one event once per render key; null where AppSync drops the event. */
const createRenderer = (event: MutationEvent, report: (line: string) => void): PayloadOf => {
  const payloads = new Map<string, string | null>();
  return (subscription) => {
    const known = payloads.get(subscription.renderKey);
    if (known !== undefined) return known;
    // Kept before rendering, so that a failing one is not tried again for each subscriber.
    payloads.set(subscription.renderKey, null);
    const payload = withinLimit(
      JSON.stringify(subscription.render(event.result)),
      event,
      subscription,
      report,
    );
    payloads.set(subscription.renderKey, payload);
    return payload;
  };
};

const withinLimit = (
  payload: string,
  event: MutationEvent,
  { fieldName }: PreparedSubscription,
  report: (line: string) => void,
): string | null => {
  const bytes = Buffer.byteLength(payload);
  if (bytes <= MAX_PAYLOAD_BYTES) return payload;
  report(
    `${event.mutation} was not delivered to ${fieldName}: its payload has ${bytes} bytes, AppSync drops ` +
      `more than ${MAX_PAYLOAD_BYTES}; select fewer fields in the mutation or the subscription`,
  );
  return null;
};
