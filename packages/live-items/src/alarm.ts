/** Timers take 31 bits of milliseconds; a longer one would go off at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Goes off at one time at most, in epoch milliseconds; `Infinity` for never. */
export function alarm(ring: () => void): { at(time: number): void } {
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
  };
}
