import type { LambdaFunctionModel } from '../template/app-model.ts';
import { startProcess } from './child-process.ts';
import type { RunningProcess } from './child-process.ts';
import { hostError } from './lambda-result.ts';
import type { LambdaResult } from './lambda-result.ts';
import { reportEntry } from './log-entry.ts';
import type { WriteLog } from './log-entry.ts';
import type { HandOver, Invocation, RuntimeApi, RuntimeSession } from './runtime-api.ts';
import {
  answerTooLarge,
  exitError,
  parseAnswer,
  parseError,
  timedOut,
  unanswered,
} from './runtime-results.ts';

export interface EnvironmentOptions {
  model: LambdaFunctionModel;
  taskRoot: string;
  api: RuntimeApi;
  /** Variables for every function. */
  overrides: Record<string, string>;
  /** Port of the process's inspector. @default none */
  inspectPort?: number;
  /** Milliseconds that the function may take to load. */
  initTimeoutMs: number;
  /** The invocation that waits for this environment; part of crash messages. */
  requestId: string;
  log: WriteLog;
  /** Called after each invocation, when the runtime asks for the next one. */
  onIdle(environment: ExecutionEnvironment): void;
  /** Called once, when the environment can no longer accept work. */
  onGone(environment: ExecutionEnvironment): void;
}

/** The outcome of loading; `timed-out` means that it took longer than `initTimeoutMs`. */
export type Init = { kind: 'ready' } | { kind: 'timed-out' } | { kind: 'failed'; result: LambdaResult };

/** The end of an environment, at any time. */
type End = Exclude<Init, { kind: 'ready' }>;

interface Running {
  invocation: Invocation;
  startedAt: number;
  timer: NodeJS.Timeout;
  /** The runtime's response; the invocation is over when the runtime asks for the next one. */
  result: LambdaResult | null;
  maxMemoryKb: number | undefined;
  settle(result: LambdaResult): void;
}

/** One process with one function loaded, which runs one invocation at a time. Created by a cold start. */
export class ExecutionEnvironment {
  readonly init: Promise<Init>;
  readonly #options: EnvironmentOptions;
  readonly #bornAt = performance.now();
  readonly #process: RunningProcess;
  readonly #detach: () => void;
  #endInit: (init: Init) => void = () => {};
  /** Reported with the first invocation, then undefined. */
  #initDurationMs: number | undefined;
  #loaded = false;
  #gone = false;
  #handOver: HandOver | null = null;
  #running: Running | null = null;
  /** The invocation that printed lines belong to: the running one, else the last. */
  #invocation: Invocation | undefined;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    const { address, detach } = options.api.attach(this.#session());
    this.#detach = detach;
    this.#process = startProcess(
      options.model,
      options.taskRoot,
      address,
      options.overrides,
      (stream, line) => this.#print(stream, line),
      options.inspectPort,
    );
    this.init = this.#waitForInit(options.initTimeoutMs);
    void this.#process.exited.then((reason) => {
      const requestId = this.#running?.invocation.requestId ?? options.requestId;
      this.#leave({ kind: 'failed', result: this.#running?.result ?? exitError(requestId, reason) });
    });
  }

  /** Runs an invocation; call it only after `init` or `onIdle`, and once. `timeoutMs` is the function's time limit. */
  run(invocation: Invocation, timeoutMs: number): Promise<LambdaResult> {
    return new Promise((settle) => {
      const late = timedOut(invocation.requestId, timeoutMs);
      const timer = setTimeout(() => this.#leave({ kind: 'failed', result: late }), timeoutMs);
      const startedAt = performance.now();
      this.#invocation = invocation;
      this.#running = { invocation, startedAt, timer, settle, result: null, maxMemoryKb: undefined };
      // The process may have ended before the invocation reached it.
      if (this.#gone) {
        this.#finish(exitError(invocation.requestId, null));
      } else {
        this.#handOver?.(invocation);
      }
    });
  }

  /** Ends the process; a running invocation gets a host error. Resolves once it has ended. */
  async close(): Promise<void> {
    this.#leave({ kind: 'failed', result: hostError('ServiceException', 'The server is stopping.') });
    await this.#process.exited;
  }

  #session(): RuntimeSession {
    return {
      next: (handOver) => this.#next(handOver),
      answered: (id, body, maxMemoryKb) => this.#keep(id, parseAnswer(body), maxMemoryKb),
      failed: (id, body) => this.#keep(id, parseError(body)),
      tooLarge: (id) => this.#keep(id, answerTooLarge()),
      initFailed: (body) => this.#leave({ kind: 'failed', result: parseError(body) }),
    };
  }

  #waitForInit(timeoutMs: number): Promise<Init> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#leave({ kind: 'timed-out' }), timeoutMs);
      this.#endInit = (init) => {
        clearTimeout(timer);
        resolve(init);
      };
    });
  }

  #next(handOver: HandOver): void {
    this.#handOver = handOver;
    if (this.#running) {
      this.#finish(this.#running.result ?? unanswered());
    } else if (!this.#loaded) {
      this.#loaded = true;
      this.#initDurationMs = performance.now() - this.#bornAt;
      this.#endInit({ kind: 'ready' });
    }
  }

  #keep(requestId: string, result: LambdaResult, maxMemoryKb?: number): boolean {
    const running = this.#running;
    if (running?.invocation.requestId !== requestId || running.result) {
      return false;
    }
    running.result = result;
    running.maxMemoryKb = maxMemoryKb ?? this.#process.peakMemoryKb();
    return true;
  }

  #finish(result: LambdaResult): void {
    const running = this.#running;
    if (!running) {
      return;
    }
    this.#running = null;
    clearTimeout(running.timer);
    this.#report(running);
    if (!this.#gone) {
      this.#options.onIdle(this);
    }
    running.settle(result);
  }

  #report({ invocation, startedAt, maxMemoryKb }: Running): void {
    const { functionName, memoryMb } = this.#options.model;
    const initDurationMs = this.#initDurationMs;
    this.#initDurationMs = undefined;
    this.#options.log(
      reportEntry(functionName, {
        requestId: invocation.requestId,
        durationMs: performance.now() - startedAt,
        memorySizeMb: memoryMb,
        ...(initDurationMs === undefined ? {} : { initDurationMs }),
        ...(maxMemoryKb === undefined ? {} : { maxMemoryUsedMb: Math.ceil(maxMemoryKb / 1024) }),
        ...requestOf(invocation),
      }),
    );
  }

  #print(stream: 'stdout' | 'stderr', line: string): void {
    const { functionName } = this.#options.model;
    const of = this.#invocation && { requestId: this.#invocation.requestId, ...requestOf(this.#invocation) };
    this.#options.log({ functionName, stream, line, ...of });
  }

  /** The first end counts. */
  #leave(end: End): void {
    if (this.#gone) {
      return;
    }
    this.#gone = true;
    this.#detach();
    this.#process.kill();
    this.#options.onGone(this);
    this.#endInit(end);
    if (end.kind === 'failed') {
      this.#finish(end.result);
    }
  }
}

/** The GraphQL request that made the function run. */
function requestOf({ cause }: Invocation): { graphqlRequestId?: string } {
  const { graphqlRequestId } = cause ?? {};
  return graphqlRequestId === undefined ? {} : { graphqlRequestId };
}
