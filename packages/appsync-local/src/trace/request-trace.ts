import { KeptBytes } from './kept-bytes.ts';
import { type ResolverInit, ResolverTrace, type TracedPath } from './resolver-trace.ts';
import { Cut, weightOfText } from './weight.ts';

/** How a request came: one POST or GET, or a `start` message of a real-time connection. */
export type Door = 'http' | 'real-time';

/** A caller whose credentials were accepted. */
export interface TracedCaller {
  /** The authorization mode. */
  mode: string;
  /** `ctx.identity`. */
  identity: unknown;
}

/** A GraphQL request as the client sent it. */
export interface TracedRequest {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
  variablesIn?: string;
}

/** What code logged with `console`, or threw. */
export interface TracedLine {
  at: number;
  level: 'INFO' | 'ERROR' | 'DEBUG';
  /** `resolver Mutation.putItem`, `AppSync function readItem`. */
  title: string;
  /** `Mutation.putItem`. */
  field?: string;
  place: { file: string; line: number; column: number };
  words: string;
}

/** A mutation's event that went to subscribers: how many it reached, and with how many bytes and updates in all. */
export interface TracedDelivery {
  at: number;
  mutation: string;
  subscribers: number;
  bytes: number;
  updates: number;
}

/** The parsed operation, as far as it is recorded. */
export interface TracedOperation {
  operation: string;
  name?: { value: string } | undefined;
  selectionSet: { selections: readonly { kind: string; name?: { value: string } | undefined }[] };
}

/** Receives requests while they run; whoever wants to know of requests provides one. */
export interface Traces {
  /**
   * @param id UUID, which the client gets as `x-amzn-RequestId`
   * @returns undefined for a request that is not recorded
   */
  begin(id: string, door: Door): RequestTrace | undefined;
  /** The request has been answered; what it still does is not recorded. */
  end(trace: RequestTrace): void;
  /** The request with this id while it runs. */
  underWay(id: string): RequestTrace | undefined;
}

/** Resolver runs of a request that are recorded with their steps; of further ones none are. */
const MOST_RESOLVERS = 2000;

/** Fields of an operation that its title has. */
const MOST_FIELDS = 5;

/**
 * What happened in one request, as reported by the modules that handle it. It holds references to values that nobody changes any
 * more, and copies of the others; nothing becomes text before somebody looks. All times are milliseconds of `performance.now()`.
 */
export class RequestTrace extends KeptBytes {
  readonly id: string;
  readonly door: Door;
  readonly startedAt = performance.now();
  readonly resolvers: ResolverTrace[] = [];
  readonly lines: TracedLine[] = [];
  readonly deliveries: TracedDelivery[] = [];
  caller: TracedCaller | null = null;
  /** Lower-case names; with the client's credentials, which nobody may be shown. */
  headers: Record<string, string | string[]> = {};
  authorizedAt: number | null = null;
  request: TracedRequest | null = null;
  /** Of a valid request. */
  operation: { type: string; name: string | undefined; fields: string[] } | null = null;
  /** When the first field began, and when the last one was completed. */
  executingAt: number | null = null;
  executedAt: number | null = null;
  status: number | null = null;
  /** The body of the response. */
  answer: string | Cut | null = null;
  /** Resolver runs of which nothing was kept. */
  resolversLeftOut = 0;

  constructor(id: string, door: Door) {
    super();
    this.id = id;
    this.door = door;
  }

  authorized(caller: TracedCaller, headers: Record<string, string | string[]>): void {
    this.authorizedAt = performance.now();
    this.caller = caller;
    this.headers = headers;
    for (const name in headers) {
      this.weight += 2 * (name.length + headers[name]!.length);
    }
  }

  asked(request: TracedRequest): void {
    const { query, variablesIn = '' } = request;
    const weight = 3 * weightOfText(variablesIn.length > query.length ? variablesIn : query);
    const kept = this.keep(request, weight);
    this.request = kept instanceof Cut ? { query: query.slice(0, 1000) } : kept;
  }

  executing({ operation, name, selectionSet: { selections } }: TracedOperation): void {
    const fields: string[] = [];
    for (let index = 0; index < selections.length && fields.length < MOST_FIELDS; index += 1) {
      const selection = selections[index]!;
      if (selection.kind === 'Field') {
        fields.push(selection.name!.value);
      }
    }
    this.operation = { type: operation, name: name?.value, fields };
    this.executingAt = performance.now();
  }

  executed(): void {
    this.executedAt = performance.now();
  }

  /** @returns undefined when no more are recorded */
  resolving(init: ResolverInit, path: TracedPath): ResolverTrace | undefined {
    if (this.endedAt !== null || this.resolvers.length === MOST_RESOLVERS) {
      this.resolversLeftOut += 1;
      return undefined;
    }
    // A value that was cut must not stay because the fields below it hold its parts.
    const kept = this.cutBytes > 0 ? { ...init, source: new Cut(0) } : init;
    const resolver = new ResolverTrace(this, kept, path);
    this.resolvers.push(resolver);
    return resolver;
  }

  logged(line: Omit<TracedLine, 'at'>): void {
    const weight = weightOfText(line.words) + 200;
    const words = this.keep(line.words, weight);
    if (!(words instanceof Cut)) {
      this.lines.push({ at: performance.now(), ...line });
    }
  }

  delivered(mutation: string, delivery: Omit<TracedDelivery, 'at' | 'mutation'>): void {
    this.deliveries.push({ at: performance.now(), mutation, ...delivery });
  }

  answered(status: number, body: string): void {
    this.status = status;
    this.answer = this.keep(body, weightOfText(body));
  }
}
