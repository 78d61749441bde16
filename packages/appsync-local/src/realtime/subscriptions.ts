import { randomUUID } from 'node:crypto';
import type { AuthorizeRealtime } from '../auth/authorize-realtime.ts';
import type { PreparedSubscription, Subscribe, SubscribeOutcome } from '../graphql/subscription.ts';
import type { RequestTrace, Traces } from '../trace/request-trace.ts';
import type { Channel } from './channel.ts';
import { unsupportedOperationOf, type StartMessage } from './client-message.ts';
import type { FanOut, Removal, Subscriber } from './fan-out.ts';
import {
  completeFrame,
  dataFrame,
  dataHead,
  duplicatedOperation,
  errorFrame,
  filterRefused,
  startAckFrame,
  startRefused,
  tooManySubscriptions,
  toFrameError,
  unsupported,
  type FrameError,
} from './frames.ts';
import { requestHeadersOf, type Handshake } from './handshake.ts';
import type { ConnectionLimits } from './limits.ts';
import { checkSubscriptionFilter } from './subscription-filter-check.ts';

/** The subscriptions of one connection, by the client's ids. */
export interface Subscriptions {
  /** Answers `start_ack` or `error`. Never rejects. */
  start(message: StartMessage): Promise<void>;
  /** Ends a subscription, even while its `start` is still being checked. */
  stop(id: string): void;
  /** Ends them all. */
  clear(): void;
  /** Prepares them again, for a schema that has changed; one that is no longer possible ends with `error`. Never rejects. */
  renew(): Promise<void>;
}

export interface SubscriptionsOptions {
  channel: Channel;
  handshake: Handshake;
  authorize: AuthorizeRealtime;
  subscribe: Subscribe;
  fanOut: FanOut;
  limits: ConnectionLimits;
  report: (line: string, error: unknown) => void;
  /** Records each `start`. @default none */
  traces?: Traces | undefined;
}

/** The outcome of a `start`. */
type Verdict =
  | { kind: 'accepted'; subscription: PreparedSubscription; prepare: () => Promise<Verdict> }
  | { kind: 'refused'; errors: FrameError[] };

type Accepted = Extract<Verdict, { kind: 'accepted' }>;

/** Subscribed once `remove` is set; being checked until then. */
interface Operation {
  remove?: Removal;
  /** Set with `remove`: what prepares it again. */
  prepare?: () => Promise<Verdict>;
}

/** One subscription as the fan-out sees it. */
class Follower implements Subscriber {
  readonly #id: string;
  readonly #head: Buffer;
  readonly #channel: Channel;
  readonly #active: Map<string, Operation>;

  constructor(id: string, channel: Channel, active: Map<string, Operation>) {
    this.#id = id;
    this.#head = dataHead(id);
    this.#channel = channel;
    this.#active = active;
  }

  deliver(payload: Buffer): void {
    this.#channel.send(dataFrame(this.#head, payload));
  }

  end(): void {
    this.#active.delete(this.#id);
    this.#channel.send(completeFrame(this.#id));
  }
}

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { channel } = options;
  const active = new Map<string, Operation>();

  const stop = (id: string): void => {
    active.get(id)?.remove?.();
    active.delete(id);
  };

  const follow = (id: string, subscription: PreparedSubscription): Removal =>
    options.fanOut.add(subscription, new Follower(id, channel, active));

  const accept = (id: string, operation: Operation, { subscription, prepare }: Accepted): void => {
    // No event can come between this statement and `follow`, so start_ack is the first frame of every subscription.
    channel.send(startAckFrame(id));
    if (channel.open) {
      operation.remove = follow(id, subscription);
      operation.prepare = prepare;
    }
  };

  const renew = async (id: string, operation: Operation): Promise<void> => {
    const verdict = await operation.prepare?.();
    if (!verdict || active.get(id) !== operation) {
      return;
    }
    operation.remove?.();
    if (verdict.kind === 'accepted') {
      operation.remove = follow(id, verdict.subscription);
    } else {
      active.delete(id);
      channel.send(errorFrame(verdict.errors, id));
    }
  };

  return {
    async start(message) {
      const { id } = message;
      const obstacle = obstacleTo(message, active, options.limits);
      if (obstacle) {
        return channel.send(errorFrame(obstacle, id));
      }
      const operation: Operation = {};
      active.set(id, operation);
      const verdict = await judge(message, options);
      if (active.get(id) !== operation) {
        return;
      }
      if (verdict.kind === 'accepted') {
        return accept(id, operation, verdict);
      }
      active.delete(id);
      channel.send(errorFrame(verdict.errors, id));
    },
    stop,
    clear: () => [...active.keys()].forEach(stop),
    async renew() {
      await Promise.all([...active].map(([id, operation]) => renew(id, operation)));
    },
  };
}

/** An obstacle for any caller; the value of `payload.errors`. */
function obstacleTo(message: StartMessage, active: Map<string, Operation>, limits: ConnectionLimits) {
  if (active.has(message.id)) {
    return [duplicatedOperation(message.id)];
  }
  // Here `errors` is an object on AWS, not a list (observed).
  if (active.size >= limits.maxSubscriptions) {
    return tooManySubscriptions(limits);
  }
  const unsupportedOperation = unsupportedOperationOf(message.request);
  return unsupportedOperation && [unsupported(unsupportedOperation)];
}

/** Authorizes each `start` separately, possibly in another mode than the connection. */
async function judge(message: StartMessage, options: SubscriptionsOptions): Promise<Verdict> {
  const requestId = randomUUID();
  const trace = options.traces?.begin(requestId, 'real-time');
  const verdict = await judgeTraced(message, options, requestId, trace);
  if (trace) {
    trace.answered(200, JSON.stringify(verdict.kind === 'refused' ? { errors: verdict.errors } : {}));
    options.traces?.end(trace);
  }
  return verdict;
}

async function judgeTraced(
  { data, request, authorization }: StartMessage,
  { authorize, handshake, subscribe, report }: SubscriptionsOptions,
  requestId: string,
  trace: RequestTrace | undefined,
): Promise<Verdict> {
  const attempt = async (prepare: () => Promise<Verdict>): Promise<Verdict> => {
    try {
      return await prepare();
    } catch (error) {
      const refusal = toFrameError(error);
      if (refusal.errorCode === 500) {
        report('starting a subscription failed', error);
      }
      return { kind: 'refused', errors: [refusal] };
    }
  };
  return attempt(async () => {
    const caller = await authorize.start(authorization, data, handshake);
    const headers = requestHeadersOf(handshake, authorization);
    trace?.authorized(caller, headers);
    trace?.asked(request);
    const prepare = async (id: string, trace?: RequestTrace): Promise<Verdict> =>
      verdictOn(await subscribe(request, { caller, headers, requestId: id, trace }), () =>
        attempt(() => prepare(randomUUID())),
      );
    return prepare(requestId, trace);
  });
}

/** A subscription resolver may have set filters that AppSync refuses. */
function verdictOn(outcome: SubscribeOutcome, prepare: () => Promise<Verdict>): Verdict {
  if (outcome.kind === 'refused') {
    return { kind: 'refused', errors: outcome.errors.map(startRefused) };
  }
  const { filter, invalidationFilter } = outcome.subscription;
  const problem = checkSubscriptionFilter(filter) ?? checkSubscriptionFilter(invalidationFilter);
  return problem === null ? { ...outcome, prepare } : { kind: 'refused', errors: [filterRefused(problem)] };
}
