import { ExecutionEnvironment } from './execution-environment.ts';
import type { EnvironmentOptions, Init } from './execution-environment.ts';
import { hostError } from './lambda-result.ts';
import type { LambdaResult } from './lambda-result.ts';
import type { HostLimits } from './limits.ts';
import { openRuntimeApi } from './runtime-api.ts';
import type { Invocation, RuntimeApi } from './runtime-api.ts';
import { isCustomRuntime } from './runtime-difference.ts';
import { timedOut } from './runtime-results.ts';

/** The execution environments of one function. */
export interface EnvironmentPool {
  /** `payload` is JSON text. */
  invoke(requestId: string, payload: string, traceId: string): Promise<LambdaResult>;
  /** Starts an environment unless one is idle. Resolves when it has loaded the function, or failed to. */
  warm(requestId: string): Promise<void>;
  close(): Promise<void>;
}

export type PoolOptions = Pick<EnvironmentOptions, 'model' | 'taskRoot' | 'api' | 'overrides' | 'log'> & {
  limits: HostLimits;
};

type Acquired =
  { kind: 'environment'; environment: ExecutionEnvironment } | { kind: 'none'; result: LambdaResult };

interface Waiter {
  requestId: string;
  take(acquired: Acquired | Promise<Acquired>): void;
}

const STOPPING: Acquired = { kind: 'none', result: hostError('ServiceException', 'The server is stopping.') };

/** Keeps environments between invocations; the one used last is used first, so that spare ones run out of time. */
export function createEnvironmentPool(options: PoolOptions): EnvironmentPool {
  const { model, limits } = options;
  const timeoutMs = model.timeoutSeconds * 1000;
  const concurrency = model.reservedConcurrency ?? limits.concurrencyPerFunction;
  const alive = new Set<ExecutionEnvironment>();
  const idle = new Map<ExecutionEnvironment, NodeJS.Timeout>();
  const waiting: Waiter[] = [];
  const ending = new Set<Promise<void>>();
  /** Environments whose Runtime API is being opened. */
  let opening = 0;
  let underWay = 0;
  let closed = false;

  return {
    async invoke(requestId, payload, traceId) {
      if (underWay >= concurrency) {
        return throttled();
      }
      underWay += 1;
      try {
        const acquired = await acquire(requestId);
        if (acquired.kind === 'none') {
          return acquired.result;
        }
        return await acquired.environment.run(invocation(requestId, payload, traceId), timeoutMs);
      } finally {
        underWay -= 1;
      }
    },
    async warm(requestId) {
      if (
        closed ||
        idle.size > 0 ||
        alive.size + opening >= Math.min(concurrency, limits.environmentsPerFunction)
      ) {
        return;
      }
      const acquired = await start(requestId);
      if (acquired.kind === 'environment') {
        release(acquired.environment);
      }
    },
    async close() {
      closed = true;
      for (const waiter of waiting.splice(0)) {
        waiter.take(STOPPING);
      }
      await Promise.all([...[...alive].map((environment) => environment.close()), ...ending]);
    },
  };

  function invocation(requestId: string, payload: string, traceId: string): Invocation {
    return { requestId, payload, functionArn: model.arn, deadlineMs: Date.now() + timeoutMs, traceId };
  }

  function acquire(requestId: string): Acquired | Promise<Acquired> {
    if (closed) {
      return STOPPING;
    }
    const environment = [...idle.keys()].pop();
    if (environment) {
      forgetIdle(environment);
      return { kind: 'environment', environment };
    }
    if (alive.size + opening < limits.environmentsPerFunction) {
      return start(requestId);
    }
    return new Promise((take) => waiting.push({ requestId, take }));
  }

  /**
   * A function that takes longer to load than Lambda allows is loaded once more, now on the invocation's own time
   * ("Lambda execution environment lifecycle", failures during the Init phase).
   */
  async function start(requestId: string): Promise<Acquired> {
    const first = await load(requestId, limits.initTimeoutMs);
    if (first.init.kind !== 'timed-out') {
      return acquiredFrom(first, requestId);
    }
    return closed ? STOPPING : acquiredFrom(await load(requestId, timeoutMs), requestId);
  }

  async function load(
    requestId: string,
    initTimeoutMs: number,
  ): Promise<{ environment: ExecutionEnvironment; init: Init }> {
    const { taskRoot, overrides, log } = options;
    const own = isCustomRuntime(model.runtime) ? await openOwnApi() : null;
    const api = own ?? options.api;
    const environment = new ExecutionEnvironment({
      ...{ model, taskRoot, api, overrides, log, initTimeoutMs, requestId },
      onIdle: release,
      onGone: (gone) => {
        lose(gone);
        if (own) {
          endWith(own.close());
        }
      },
    });
    alive.add(environment);
    // The pool may have been closed while the Runtime API was being opened.
    if (closed) {
      void environment.close();
    }
    return { environment, init: await environment.init };
  }

  function acquiredFrom(
    { environment, init }: { environment: ExecutionEnvironment; init: Init },
    requestId: string,
  ): Acquired {
    if (init.kind === 'ready') {
      return { kind: 'environment', environment };
    }
    const result = init.kind === 'failed' ? init.result : timedOut(requestId, timeoutMs);
    return { kind: 'none', result };
  }

  function release(environment: ExecutionEnvironment): void {
    const waiter = waiting.shift();
    if (waiter) {
      waiter.take({ kind: 'environment', environment });
      return;
    }
    const timer = setTimeout(() => void environment.close(), limits.idleMs);
    timer.unref();
    idle.set(environment, timer);
  }

  function lose(environment: ExecutionEnvironment): void {
    alive.delete(environment);
    forgetIdle(environment);
    endWith(environment.close());
    if (closed) {
      return;
    }
    const waiter = waiting.shift();
    if (waiter) {
      waiter.take(start(waiter.requestId));
    }
  }

  async function openOwnApi(): Promise<RuntimeApi> {
    opening += 1;
    try {
      return await openRuntimeApi(true);
    } finally {
      opening -= 1;
    }
  }

  /** Something that closing the pool has to wait for. */
  function endWith(promise: Promise<void>): void {
    const end = promise.finally(() => ending.delete(end));
    ending.add(end);
  }

  function forgetIdle(environment: ExecutionEnvironment): void {
    clearTimeout(idle.get(environment));
    idle.delete(environment);
  }
}

/** Lambda's message when a function's concurrency is used up (Invoke, TooManyRequestsException). */
const throttled = (): LambdaResult => hostError('TooManyRequestsException', 'Rate Exceeded.');
