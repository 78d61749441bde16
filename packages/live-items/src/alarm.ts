/** Timers take 31 bits of milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Rings once, at a time in epoch milliseconds that can be moved; `Infinity` means never. */
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
