/** Timers take 31 bits of milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

export interface Alarm {
  /** @param time epoch milliseconds; Infinity: never */
  at(time: number): void;
  /** Whether its time has passed without a ring: timers stand still in a frozen page and a sleeping machine. */
  isOverdue(): boolean;
}

/** Rings once, at a time that can be moved. */
export function alarm(ring: () => void): Alarm {
  let due = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function wait(): void {
    timer = setTimeout(
      () => {
        if (Date.now() < due) {
          return wait();
        }
        due = Infinity;
        ring();
      },
      Math.min(LONGEST_MS, Math.max(0, due - Date.now())),
    );
  }

  return {
    at(time) {
      if (time !== due) {
        clearTimeout(timer);
        due = time;
        if (due < Infinity) {
          wait();
        }
      }
    },
    isOverdue: () => Date.now() >= due,
  };
}
