import type { BegunInvocation, InvocationSink } from '../lambda/lambda-host.ts';
import type { LambdaResult } from '../lambda/lambda-result.ts';
import type { InvocationReport } from '../lambda/log-entry.ts';
import { Cut, weigh, weightOfText } from '../trace/weight.ts';

/** What is kept at most: the newest invocations of each function. */
export interface InvocationLimits {
  perFunction: number;
  /** About how many bytes one event, or one result, may take; larger ones are cut. */
  bytesEach: number;
}

const DEFAULT_LIMITS: InvocationLimits = { perFunction: 50, bytesEach: 64 * 1024 };

/** An invocation with what came of it. Times are epoch milliseconds. */
export interface KeptInvocation extends Omit<BegunInvocation, 'payload'> {
  payload: string | Cut;
  at: number;
  attempts: number;
  endedAt: number | null;
  result: LambdaResult | Cut | null;
  /** Whether the result is an error, also when it was cut. */
  error: string | null;
  report: InvocationReport | null;
}

/** The last invocations of each Lambda function, in memory. */
export class KeptInvocations implements InvocationSink {
  readonly #limits: InvocationLimits;
  /** Of each function the oldest first. */
  readonly #ofFunction = new Map<string, KeptInvocation[]>();
  readonly #byId = new Map<string, KeptInvocation>();

  constructor(limits: Partial<InvocationLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  began(invocation: BegunInvocation): void {
    const before = this.#byId.get(invocation.id);
    if (before) {
      Object.assign(before, { attempts: before.attempts + 1, endedAt: null, result: null, error: null });
      return;
    }
    const kept: KeptInvocation = {
      ...invocation,
      payload: this.#bounded(invocation.payload, weightOfText(invocation.payload)),
      ...{ at: Date.now(), attempts: 1, endedAt: null, result: null, error: null, report: null },
    };
    const all = this.#ofFunction.get(kept.functionName) ?? [];
    this.#ofFunction.set(kept.functionName, all);
    this.#byId.set(kept.id, kept);
    all.push(kept);
    if (all.length > this.#limits.perFunction) {
      this.#byId.delete(all.shift()!.id);
    }
  }

  ended(id: string, result: LambdaResult): void {
    const kept = this.#byId.get(id);
    if (kept) {
      kept.endedAt = Date.now();
      kept.error = errorOf(result);
      kept.result = this.#bounded(result, weigh(result, this.#limits.bytesEach));
    }
  }

  reported(report: InvocationReport): void {
    const kept = this.#byId.get(report.requestId);
    if (kept) {
      kept.report = report;
    }
  }

  find(id: string): KeptInvocation | undefined {
    return this.#byId.get(id);
  }

  /** The newest first. */
  of(functionName: string): KeptInvocation[] {
    return [...(this.#ofFunction.get(functionName) ?? [])].reverse();
  }

  /** Those that a GraphQL request made run, the oldest first. */
  ofRequest(requestId: string): KeptInvocation[] {
    return [...this.#byId.values()].filter(({ cause }) => cause?.graphqlRequestId === requestId);
  }

  #bounded<T>(value: T, bytes: number): T | Cut {
    return bytes > this.#limits.bytesEach ? new Cut(bytes) : value;
  }
}

/** `TypeError: x is undefined`; null for an answer. */
function errorOf(result: LambdaResult): string | null {
  switch (result.kind) {
    case 'answer':
      return null;
    case 'function-error':
      return `${result.errorType}: ${result.errorMessage}`;
    case 'host-error':
      return `${result.type}: ${result.message}`;
  }
}
