import type { GraphQLErrorEntry, GraphQLResponse, GraphQLRequest, RequestOrigin } from './request.ts';

/** A `start` message that passed authorization, validation and its resolver. */
export interface PreparedSubscription {
  /** The field of type Subscription: `onPutItem`. */
  fieldName: string;
  /** The mutation fields named in `@aws_subscribe`. */
  mutations: string[];
  /** Arguments as supplied: an omitted argument is an absent key, a null argument is null. */
  arguments: Record<string, unknown>;
  /** From `extensions.setSubscriptionFilter`; replaces argument filtering. */
  filter?: unknown;
  /** From `extensions.setSubscriptionInvalidationFilter`. */
  invalidationFilter?: unknown;
  /** Subscriptions with the same key share the rendered text of each event. */
  renderKey: string;
  /** Applies the subscriber's selection set to an event (a mutation's selected result). */
  render(event: unknown): GraphQLResponse;
}

export type SubscribeOutcome =
  | { kind: 'accepted'; subscription: PreparedSubscription }
  | { kind: 'refused'; errors: GraphQLErrorEntry[] };

/** Handles a `start` message in the engine. */
export type Subscribe = (request: GraphQLRequest, origin: RequestOrigin) => Promise<SubscribeOutcome>;

/** The result of one mutation field, on its way to subscribers. */
export interface MutationEvent {
  /** `putItem`. */
  mutation: string;
  /** The field's value as the mutation's caller selected it, keyed by field name. */
  result: unknown;
}

/** What became of an event. */
export interface Delivery {
  /** Subscriptions that it reached. */
  subscribers: number;
  /** Of all payloads together. */
  bytes: number;
  /** Updates as AppSync counts them: one for each subscription and 5 KB of its payload. */
  updates: number;
}
