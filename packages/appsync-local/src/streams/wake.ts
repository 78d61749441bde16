/** Wakes everything that waits for a write. */
export interface Wake {
  signal(): void;
  /** Signals so far. */
  count(): number;
  /** Resolves when there have been more than `seen` signals, or after `ms` milliseconds. */
  wait(seen: number, ms: number): Promise<void>;
}

export function createWake(): Wake {
  let count = 0;
  let waiting: (() => void)[] = [];

  return {
    signal() {
      count += 1;
      for (const resolve of waiting.splice(0)) {
        resolve();
      }
    },
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
