import type { Delivery, MutationEvent, PreparedSubscription } from '../graphql/subscription.ts';
import { argumentEqualities, compileArgumentFilter } from './argument-filter.ts';
import { MAX_PAYLOAD_BYTES, UPDATE_BYTES } from './limits.ts';
import { createMatchIndex, type MatchIndex } from './match-index.ts';
import {
  compileSubscriptionFilter,
  filterEqualities,
  type Equality,
  type EventMatcher,
} from './subscription-filter.ts';

/** The receiver of one subscription's events. */
export interface Subscriber {
  /** @param payload the JSON text of a `data` message's payload in UTF-8, shared by all subscriptions with the same selection. */
  deliver(payload: Buffer): void;
  /** The subscription was invalidated and is no longer part of the fan-out. */
  end(): void;
}

/** Removes a subscription from the fan-out; may be called twice. */
export type Removal = () => void;

/** Delivers mutation results to matching subscriptions. */
export interface FanOut {
  add(subscription: PreparedSubscription, subscriber: Subscriber): Removal;
  /**
   * Delivers to every matching subscription before it returns; call it once the mutation's response is computed. A null result
   * publishes nothing. Never throws: a subscriber's failure must not become the mutation's.
   */
  publish(event: MutationEvent): Delivery;
  /** True while the mutation has subscribers. */
  isWatched(mutation: string): boolean;
  /** Ends the subscriptions of a field whose invalidation filter matches the payload. */
  invalidate(invalidation: { subscriptionField: string; payload: unknown }): void;
  /** Subscriptions in the fan-out. */
  readonly size: number;
}

/** Subscriptions that differ only in their receiver: an event is matched and rendered once for all of them. */
interface Audience {
  key: string;
  subscription: PreparedSubscription;
  subscribers: Set<Subscriber>;
  matches: EventMatcher;
  isInvalidatedBy: EventMatcher;
}

/** @param report receives one line for each dropped event and each failing subscriber. @default console.warn */
export function createFanOut(report: (line: string) => void = console.warn): FanOut {
  const byMutation = new Map<string, MatchIndex<Audience>>();
  const byField = new Map<string, MatchIndex<Audience>>();
  const audiences = new Map<string, Audience>();
  let size = 0;

  const open = (key: string, subscription: PreparedSubscription): Audience => {
    const audience = toAudience(key, subscription);
    const wanted = wantedEqualities(subscription);
    audiences.set(key, audience);
    slot(byField, subscription.fieldName).add(audience, filterEqualities(subscription.invalidationFilter));
    subscription.mutations.forEach((mutation) => slot(byMutation, mutation).add(audience, wanted));
    return audience;
  };
  const close = (audience: Audience): void => {
    const { fieldName, mutations } = audience.subscription;
    audiences.delete(audience.key);
    byField.get(fieldName)?.delete(audience);
    mutations.forEach((mutation) => byMutation.get(mutation)?.delete(audience));
  };
  const remove = (audience: Audience, subscriber: Subscriber): void => {
    if (!audience.subscribers.delete(subscriber)) {
      return;
    }
    size -= 1;
    if (audience.subscribers.size === 0) {
      close(audience);
    }
  };

  return {
    add(subscription, subscriber) {
      const key = keyOf(subscription);
      const audience = audiences.get(key) ?? open(key, subscription);
      audience.subscribers.add(subscriber);
      size += 1;
      return () => remove(audience, subscriber);
    },
    publish(event) {
      const delivery: Delivery = { subscribers: 0, bytes: 0, updates: 0 };
      if (event.result !== null && event.result !== undefined) {
        const payloadOf = createRenderer(event, report);
        byMutation
          .get(event.mutation)
          ?.visit(event.result, (audience) => deliver(audience, event, payloadOf, delivery, report));
      }
      return delivery;
    },
    isWatched: (mutation) => (byMutation.get(mutation)?.size ?? 0) > 0,
    invalidate({ subscriptionField, payload }) {
      byField.get(subscriptionField)?.visit(payload, (audience) => {
        if (!audience.isInvalidatedBy(payload)) {
          return;
        }
        for (const subscriber of audience.subscribers) {
          remove(audience, subscriber);
          subscriber.end();
        }
      });
    },
    get size() {
      return size;
    },
  };
}

function slot(index: Map<string, MatchIndex<Audience>>, key: string): MatchIndex<Audience> {
  const found = index.get(key) ?? createMatchIndex<Audience>();
  index.set(key, found);
  return found;
}

/** Identifies which events a subscription receives, and in which form. An undefined member counts as absent. */
function keyOf(subscription: PreparedSubscription): string {
  const { fieldName, mutations, arguments: given, filter, invalidationFilter, renderKey } = subscription;
  return JSON.stringify({ fieldName, mutations, given, filter, invalidationFilter, renderKey });
}

const wantedEqualities = (subscription: PreparedSubscription): Equality[][] =>
  subscription.filter === undefined
    ? [argumentEqualities(subscription.arguments)]
    : filterEqualities(subscription.filter);

/** Compiles filters once, not per event. */
const toAudience = (key: string, subscription: PreparedSubscription): Audience => ({
  key,
  subscription,
  subscribers: new Set(),
  // A filter replaces argument filtering, even one that passes everything (developer guide).
  matches:
    subscription.filter === undefined
      ? compileArgumentFilter(subscription.arguments)
      : (compileSubscriptionFilter(subscription.filter) ?? (() => true)),
  // Without conditions no invalidation can match.
  isInvalidatedBy: compileSubscriptionFilter(subscription.invalidationFilter) ?? (() => false),
});

type PayloadOf = (subscription: PreparedSubscription) => Buffer | null;

function deliver(
  { subscription, subscribers, matches }: Audience,
  event: MutationEvent,
  payloadOf: PayloadOf,
  delivery: Delivery,
  report: (line: string) => void,
): void {
  const failed = (error: unknown): void =>
    report(`delivering ${event.mutation} to ${subscription.fieldName} failed: ${String(error)}`);
  try {
    const payload = matches(event.result) ? payloadOf(subscription) : null;
    if (payload === null) {
      return;
    }
    for (const subscriber of subscribers) {
      try {
        subscriber.deliver(payload);
        delivery.subscribers += 1;
        delivery.bytes += payload.length;
        delivery.updates += Math.ceil(payload.length / UPDATE_BYTES);
      } catch (error) {
        failed(error);
      }
    }
  } catch (error) {
    failed(error);
  }
}

/** Renders one event once per render key; null when AppSync drops the event. */
function createRenderer(event: MutationEvent, report: (line: string) => void): PayloadOf {
  const payloads = new Map<string, Buffer | null>();
  return (subscription) => {
    const known = payloads.get(subscription.renderKey);
    if (known !== undefined) {
      return known;
    }
    // Set before rendering, so that a failing one is not repeated for each subscriber.
    payloads.set(subscription.renderKey, null);
    const payload = withinLimit(
      Buffer.from(JSON.stringify(subscription.render(event.result))),
      event,
      subscription,
      report,
    );
    payloads.set(subscription.renderKey, payload);
    return payload;
  };
}

function withinLimit(
  payload: Buffer,
  event: MutationEvent,
  { fieldName }: PreparedSubscription,
  report: (line: string) => void,
): Buffer | null {
  const bytes = payload.length;
  if (bytes <= MAX_PAYLOAD_BYTES) {
    return payload;
  }
  report(
    `${event.mutation} was not delivered to ${fieldName}: its payload has ${bytes} bytes, AppSync drops ` +
      `more than ${MAX_PAYLOAD_BYTES}; select fewer fields in the mutation or the subscription`,
  );
  return null;
}
