import type { LambdaResult } from './lambda-result.ts';
import type { WriteLog } from './log-entry.ts';

export interface EventQueue {
  /** Runs an event now, and again if it fails. @returns the result for the caller of an asynchronous invocation: null. */
  add(functionName: string, requestId: string, run: () => Promise<LambdaResult>): LambdaResult;
  /** Drops events that would still be retried. */
  close(): void;
}

/** The longest time that an event is kept, and the longest wait of a throttled one: 6 hours and 5 minutes, in milliseconds. */
const MAX_AGE_MS = 6 * 3_600_000;
const MAX_BACKOFF_MS = 300_000;

/**
 * Asynchronous invocation as in "How Lambda handles errors and retries with asynchronous invocation" (AWS Lambda developer
 * guide): a failed function is retried twice, a throttled one until it runs, after waits of 1 s, 2 s, … 5 min.
 */
export function createEventQueue(retryDelaysMs: readonly number[], log: WriteLog): EventQueue {
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  return {
    add(functionName, requestId, run) {
      void attempt({ functionName, requestId, run, queuedAt: Date.now() }, 0, 0);
      return { kind: 'answer', payload: null };
    },
    close() {
      closed = true;
      for (const timer of timers) {
        clearTimeout(timer);
      }
      timers.clear();
    },
  };

  async function attempt(event: QueuedEvent, failures: number, refusals: number): Promise<void> {
    const result = await event.run();
    if (closed || result.kind === 'answer') {
      return;
    }
    if (result.kind === 'function-error') {
      const delay = retryDelaysMs[failures];
      if (delay === undefined) {
        drop(event, `${failures + 1} attempts`, result.errorMessage);
      } else {
        later(delay, () => attempt(event, failures + 1, refusals));
      }
    } else if (Date.now() - event.queuedAt < MAX_AGE_MS && result.type === 'TooManyRequestsException') {
      later(Math.min(1000 * 2 ** refusals, MAX_BACKOFF_MS), () => attempt(event, failures, refusals + 1));
    } else {
      drop(event, `${failures + refusals + 1} attempts`, result.message);
    }
  }

  function later(delayMs: number, run: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run();
    }, delayMs);
    timer.unref();
    timers.add(timer);
  }

  function drop({ functionName, requestId }: QueuedEvent, after: string, reason: string): void {
    const line = `Event ${requestId} for Lambda function ${functionName} was dropped after ${after}: ${reason}`;
    log({ functionName, requestId, stream: 'host', line });
  }
}

interface QueuedEvent {
  functionName: string;
  requestId: string;
  run(): Promise<LambdaResult>;
  /** Epoch milliseconds. */
  queuedAt: number;
}
