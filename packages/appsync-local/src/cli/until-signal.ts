import { setImmediate } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that a signal to this process aborts. The process then ends by that signal, once the work has ended what it started.
 * @param work rejects when its signal is aborted
 */
export async function untilSignal<Result>(work: (aborted: AbortSignal) => Promise<Result>): Promise<Result> {
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => stopping.abort(signal);
  SIGNALS.forEach((signal) => process.once(signal, stop));
  try {
    return await work(stopping.signal);
  } catch (error) {
    // Ctrl-C reaches a program that the work waits for as well, whose end may be seen first.
    await setImmediate();
    throw error;
  } finally {
    SIGNALS.forEach((signal) => process.off(signal, stop));
    if (stopping.signal.aborted) {
      process.kill(process.pid, stopping.signal.reason as NodeJS.Signals);
    }
  }
}
