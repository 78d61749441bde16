/** Calls a listener at each write to the tables, by any client. @returns stops it */
export type WatchWrites = (onWrite: () => void) => () => void;

/** Wakes everything that waits for a write. */
export interface Wake {
  /** Has writes signalled until the function it returns is called. */
  listen(): () => void;
  signal(): void;
  /** Signals so far. */
  count(): number;
  /** Resolves when there have been more than `seen` signals, or after `ms` milliseconds. */
  wait(seen: number, ms: number): Promise<void>;
}

/**
 * @param watchWrites runs only while somebody listens: the system reports each page that the engine writes, some three for a put, which
 * was half of the system calls of a server with 16 connections (counted 2026-11-30). @default writes are not signalled
 */
export function createWake(watchWrites?: WatchWrites): Wake {
  let count = 0;
  let waiting: (() => void)[] = [];
  const listeners = new Set<object>();
  let stopWatching: (() => void) | undefined;

  const signal = (): void => {
    count += 1;
    for (const resolve of waiting.splice(0)) {
      resolve();
    }
  };

  return {
    listen() {
      const listener = {};
      listeners.add(listener);
      stopWatching ??= watchWrites?.(signal);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          stopWatching?.();
          stopWatching = undefined;
        }
      };
    },
    signal,
    count: () => count,
    wait(seen, ms) {
      if (count !== seen) {
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting = waiting.filter((other) => other !== done);
          resolve();
        }, ms);
        const done = (): void => {
          clearTimeout(timer);
          resolve();
        };
        waiting.push(done);
      });
    },
  };
}
