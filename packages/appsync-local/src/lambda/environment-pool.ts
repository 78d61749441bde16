import { ExecutionEnvironment } from './execution-environment.ts';
import type { EnvironmentOptions, Init } from './execution-environment.ts';
import { idleProcessors } from './idle-processors.ts';
import { hostError } from './lambda-result.ts';
import type { InvocationCause, LambdaResult } from './lambda-result.ts';
import type { HostLimits } from './limits.ts';
import { openRuntimeApi } from './runtime-api.ts';
import type { Invocation, RuntimeApi } from './runtime-api.ts';
import { isCustomRuntime } from './runtime-difference.ts';
import { timedOut } from './runtime-results.ts';

export type PoolOptions = Pick<
  EnvironmentOptions,
  'model' | 'taskRoot' | 'api' | 'overrides' | 'inspectPort' | 'log'
> & {
  limits: HostLimits;
};

type Acquired =
  | { kind: 'environment'; environment: ExecutionEnvironment }
  | { kind: 'none'; result: LambdaResult };

/** An environment that has loaded the function, or failed to. */
interface Loaded {
  environment: ExecutionEnvironment;
  init: Init;
}

interface Waiter {
  requestId: string;
  /** By `performance.now()`. */
  since: number;
  take(acquired: Acquired | Promise<Acquired>): void;
}

/** Share of the processors' time that is idle. */
const IDLE_ENOUGH = 0.25;

const STOPPING: Acquired = { kind: 'none', result: hostError('ServiceException', 'The server is stopping.') };

/**
 * The execution environments of one Lambda function. Keeps them between invocations; reuses the one used last first, so that
 * spare ones expire.
 *
 * An environment is `loading`, then `busy` with an invocation or `idle`, until it ends. Invocations that find neither an idle
 * environment nor room for another one wait in a queue; the longer they wait, the more environments there are.
 */
export class EnvironmentPool {
  readonly #options: PoolOptions;
  readonly #timeoutMs: number;
  /** The limit of concurrent invocations. */
  readonly #concurrency: number;
  /** Loading, busy and idle environments. */
  readonly #alive = new Set<ExecutionEnvironment>();
  /** With the timer that closes each. */
  readonly #idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  readonly #waiting: Waiter[] = [];
  readonly #idleProcessors = idleProcessors();
  /** Environments that `warm` loads and no invocation waits for yet. */
  readonly #warming = new Set<symbol>();
  #loading = 0;
  /** Set while invocations wait. */
  #growth: NodeJS.Timeout | undefined;
  /** Closing the pool waits for these. */
  readonly #ending = new Set<Promise<void>>();
  /** Environments whose Runtime API is being opened. */
  #opening = 0;
  #underWay = 0;
  #isClosed = false;
  #isRetired = false;
  #onLastEnd: (() => void) | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#timeoutMs = options.model.timeoutSeconds * 1000;
    this.#concurrency = options.model.reservedConcurrency ?? options.limits.concurrencyPerFunction;
  }

  /** Whether another pool has taken its place. */
  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** @param payload JSON text */
  async invoke(
    requestId: string,
    payload: string,
    traceId: string,
    cause?: InvocationCause,
  ): Promise<LambdaResult> {
    if (this.#underWay >= this.#concurrency) {
      return throttled();
    }
    this.#underWay += 1;
    try {
      const acquired = await this.#acquire(requestId);
      if (acquired.kind === 'none') {
        return acquired.result;
      }
      const invocation = { ...this.#invocation(requestId, payload, traceId), cause };
      return await acquired.environment.run(invocation, this.#timeoutMs);
    } finally {
      this.#underWay -= 1;
      if (this.#isRetired && this.#underWay === 0) {
        this.#onLastEnd?.();
      }
    }
  }

  /**
   * Starts an environment unless one is idle. The next invocation waits for it instead of starting another one. Resolves when it has
   * loaded the function, or failed to.
   */
  async warm(requestId: string): Promise<void> {
    const { environmentsPerFunction } = this.#options.limits;
    if (
      this.#isClosed ||
      this.#idle.size > 0 ||
      this.#count() >= Math.min(this.#concurrency, environmentsPerFunction)
    ) {
      return;
    }
    const promised = Symbol(requestId);
    this.#warming.add(promised);
    const acquired = await this.#start(requestId).finally(() => this.#warming.delete(promised));
    if (acquired.kind === 'environment') {
      this.#release(acquired.environment);
    }
  }

  /** Accepts no further invocation and closes when the last one has ended, also of those that wait. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    [...this.#idle.keys()].forEach((environment) => void environment.close());
    if (this.#underWay > 0) {
      await new Promise<void>((resolve) => (this.#onLastEnd = resolve));
    }
    await this.close();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#growth);
    for (const waiter of this.#waiting.splice(0)) {
      waiter.take(STOPPING);
    }
    const closing = [...this.#alive].map((environment) => environment.close());
    await Promise.all([...closing, ...this.#ending]);
  }

  #count(): number {
    return this.#alive.size + this.#opening;
  }

  #invocation(requestId: string, payload: string, traceId: string): Invocation {
    const deadlineMs = Date.now() + this.#timeoutMs;
    return { requestId, payload, functionArn: this.#options.model.arn, deadlineMs, traceId };
  }

  #acquire(requestId: string): Acquired | Promise<Acquired> {
    if (this.#isClosed) {
      return STOPPING;
    }
    const environment = [...this.#idle.keys()].pop();
    if (environment) {
      this.#forgetIdle(environment);
      return { kind: 'environment', environment };
    }
    const { environmentsAtOnce, environmentsPerFunction, patienceMs } = this.#options.limits;
    const [promised] = this.#warming;
    if (promised !== undefined) {
      this.#warming.delete(promised);
    } else if (this.#count() < Math.min(environmentsAtOnce, environmentsPerFunction)) {
      return this.#start(requestId);
    }
    this.#growIn(patienceMs);
    return new Promise((take) => this.#waiting.push({ requestId, since: performance.now(), take }));
  }

  #growIn(milliseconds: number): void {
    this.#growth ??= setTimeout(() => this.#grow(), milliseconds);
  }

  /** Starts an environment for the invocation that has waited longest, if it has waited long enough and no other one is loading. */
  #grow(): void {
    this.#growth = undefined;
    const { environmentsPerFunction, patienceMs, longestPatienceMs } = this.#options.limits;
    const [first] = this.#waiting;
    if (first === undefined || this.#isClosed) {
      return;
    }
    const waited = performance.now() - first.since;
    const patience = this.#idleProcessors() >= IDLE_ENOUGH ? patienceMs : longestPatienceMs;
    if (waited >= patience && this.#loading === 0 && this.#count() < environmentsPerFunction) {
      this.#waiting.shift();
      first.take(this.#start(first.requestId));
    }
    this.#growIn(patienceMs);
  }

  /**
   * A function that takes longer to load than Lambda allows is loaded once more, now within the invocation's own time ("Lambda
   * execution environment lifecycle", failures during the Init phase).
   */
  async #start(requestId: string): Promise<Acquired> {
    const first = await this.#load(requestId, this.#options.limits.initTimeoutMs);
    if (first.init.kind !== 'timed-out') {
      return this.#acquiredFrom(first, requestId);
    }
    return this.#isClosed
      ? STOPPING
      : this.#acquiredFrom(await this.#load(requestId, this.#timeoutMs), requestId);
  }

  async #load(requestId: string, initTimeoutMs: number): Promise<Loaded> {
    const { model, taskRoot, overrides, inspectPort, log } = this.#options;
    const own = isCustomRuntime(model.runtime) ? await this.#openOwnApi() : null;
    const api = own ?? this.#options.api;
    const environment = new ExecutionEnvironment({
      ...{ model, taskRoot, api, overrides, inspectPort, log, initTimeoutMs, requestId },
      onIdle: (idle) => this.#release(idle),
      onGone: (gone) => {
        this.#lose(gone);
        if (own) {
          this.#endWith(own.close());
        }
      },
    });
    this.#alive.add(environment);
    // The pool may have been closed while the Runtime API was being opened.
    if (this.#isClosed) {
      void environment.close();
    }
    this.#loading += 1;
    try {
      return { environment, init: await environment.init };
    } finally {
      this.#loading -= 1;
    }
  }

  #acquiredFrom({ environment, init }: Loaded, requestId: string): Acquired {
    if (init.kind === 'ready') {
      return { kind: 'environment', environment };
    }
    const result = init.kind === 'failed' ? init.result : timedOut(requestId, this.#timeoutMs);
    return { kind: 'none', result };
  }

  /** Gives a free environment to the invocation that has waited longest, or keeps it for a while. */
  #release(environment: ExecutionEnvironment): void {
    const waiter = this.#waiting.shift();
    if (waiter) {
      waiter.take({ kind: 'environment', environment });
      return;
    }
    const timer = setTimeout(() => void environment.close(), this.#options.limits.idleMs);
    timer.unref();
    this.#idle.set(environment, timer);
  }

  /** Makes room for another environment. */
  #lose(environment: ExecutionEnvironment): void {
    this.#alive.delete(environment);
    this.#forgetIdle(environment);
    this.#endWith(environment.close());
    if (this.#isClosed) {
      return;
    }
    const waiter = this.#waiting.shift();
    if (waiter) {
      waiter.take(this.#start(waiter.requestId));
    }
  }

  async #openOwnApi(): Promise<RuntimeApi> {
    this.#opening += 1;
    try {
      return await openRuntimeApi(true);
    } finally {
      this.#opening -= 1;
    }
  }

  #endWith(promise: Promise<void>): void {
    const end = promise.finally(() => this.#ending.delete(end));
    this.#ending.add(end);
  }

  #forgetIdle(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idle.get(environment));
    this.#idle.delete(environment);
  }
}

/** Lambda's message when a function's concurrency is used up (Invoke, TooManyRequestsException). */
const throttled = (): LambdaResult => hostError('TooManyRequestsException', 'Rate Exceeded.');
