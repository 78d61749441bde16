import type { CallTrace } from './call-trace.ts';
import type { KeptBytes } from './kept-bytes.ts';
import { Cut, weigh, weightOfCopy } from './weight.ts';

/** The place of a field in the response, from its end. */
export interface TracedPath {
  key: string | number;
  previous: TracedPath | null;
}

/** The context that a resolver run begins with. */
export interface ResolverInit {
  arguments: Record<string, unknown>;
  identity: unknown;
  source: unknown;
  request: { headers: Record<string, string | string[]>; domainName: string | null };
  info: { fieldName: string; parentTypeName: string };
  env: Record<string, string>;
}

/** A resolver or AppSync function whose handlers run. */
export interface TracedUnit {
  /** Of an AppSync function; absent for the resolver itself. */
  name?: string;
  functionId?: string;
  dataSource?: TracedDataSource;
}

export interface TracedDataSource {
  name: string;
  type: string;
  /** Gives the outcome of earlier calls once more, where `OutcomeTrace` has none. Nothing is called. */
  again?(
    request: unknown,
    invocation: { field: string; functionId?: string | undefined },
    calls: readonly CallTrace[],
  ): Promise<TracedOutcome>;
}

export type TracedOutcome =
  | { kind: 'answered'; result: unknown; error: { type: string; message: string } | null }
  | { kind: 'refused'; errorType: string; message: string };

export interface TracedError {
  message: string;
  errorType: string | null;
  data: unknown;
  errorInfo: unknown;
}

export type TracedEvaluation =
  | { kind: 'returned'; value: unknown }
  | { kind: 'early'; value: unknown; skipTo: 'NEXT' | 'END' }
  | { kind: 'raised'; error: TracedError };

/** One handler that ran. */
export interface HandlerTrace {
  kind: 'handler';
  unit: TracedUnit;
  handler: 'request' | 'response';
  startedAt: number;
  endedAt: number;
  evaluation: TracedEvaluation | Cut;
  /** `ctx.stash` as the handler left it: a copy. */
  stash: unknown;
}

/** One request to a data source. */
export class AskTrace {
  readonly kind = 'ask';
  readonly unit: TracedUnit;
  readonly request: unknown;
  readonly startedAt = performance.now();
  readonly calls: CallTrace[] = [];
  endedAt: number | null = null;
  /** Absent where the data source can give it again from its calls. */
  outcome: TracedOutcome | Cut | null = null;
  /** When it went out as one of several requests, how many they were, its place among them from 0, and when they went. */
  batch: { size: number; index: number; sentAt: number } | null = null;
  readonly #trace: KeptBytes;

  constructor(trace: KeptBytes, unit: TracedUnit, request: unknown) {
    this.#trace = trace;
    this.unit = unit;
    this.request = request;
  }

  called(call: CallTrace): void {
    if (this.#trace.endedAt === null) {
      this.calls.push(call);
    }
  }

  sentWith({ length }: readonly unknown[], index: number): void {
    this.batch = { size: length, index, sentAt: performance.now() };
  }

  keep<T>(value: T, bytes: number): T | Cut {
    return this.#trace.keep(value, bytes);
  }

  ended(outcome: TracedOutcome): void {
    this.endedAt = performance.now();
    if (!this.unit.dataSource?.again || outcome.kind === 'refused') {
      this.outcome = this.keep(outcome, weigh(outcome, WEIGHED));
    }
  }
}

/** What weighs more does not fit into a request anyway. */
const WEIGHED = 16 * 1024 * 1024;

/** Of the objects that a step or a resolver run has. */
const STEP_BYTES = 250;

/** One run of a resolver: one field on one parent object. */
export class ResolverTrace {
  readonly path: TracedPath;
  readonly init: ResolverInit;
  readonly startedAt = performance.now();
  readonly steps: (HandlerTrace | AskTrace)[] = [];
  endedAt: number | null = null;
  errors: readonly TracedError[] = [];
  readonly #trace: KeptBytes;

  constructor(trace: KeptBytes, init: ResolverInit, path: TracedPath) {
    this.#trace = trace;
    this.init = init;
    this.path = path;
    trace.weight += STEP_BYTES;
  }

  /** `Query.getItem`. */
  get coordinate(): string {
    const { parentTypeName, fieldName } = this.init.info;
    return `${parentTypeName}.${fieldName}`;
  }

  /**
   * @param bytes of the evaluation's value as its copier counts them
   * @param stash a copy of the stash, and its bytes
   */
  handled(
    unit: TracedUnit,
    handler: HandlerTrace['handler'],
    startedAt: number,
    evaluation: TracedEvaluation,
    bytes: number,
    stash: { value: unknown; bytes: number },
  ): void {
    const trace = this.#trace;
    if (trace.endedAt !== null) {
      return;
    }
    this.steps.push({
      kind: 'handler',
      unit,
      handler,
      startedAt,
      endedAt: performance.now(),
      evaluation: trace.keep(evaluation, STEP_BYTES + weightOfCopy(bytes)),
      stash: trace.keep(stash.value, weightOfCopy(stash.bytes)),
    });
  }

  /** @param request what the request handler just returned */
  asking(unit: TracedUnit, request: unknown): AskTrace {
    const handled = this.steps.at(-1);
    const isCut = handled?.kind === 'handler' && handled.evaluation instanceof Cut;
    return this.#ask(unit, isCut ? handled.evaluation : request);
  }

  /** For a unit without code, whose request is the whole context. */
  askingDirectly(unit: TracedUnit, context: unknown): AskTrace {
    return this.#ask(unit, this.#trace.keep(context, weigh(context, WEIGHED)));
  }

  #ask(unit: TracedUnit, request: unknown): AskTrace {
    const ask = new AskTrace(this.#trace, unit, request);
    if (this.#trace.endedAt === null) {
      this.#trace.weight += STEP_BYTES;
      this.steps.push(ask);
    }
    return ask;
  }

  ended(errors: readonly TracedError[]): void {
    this.endedAt = performance.now();
    this.errors = errors;
  }
}
