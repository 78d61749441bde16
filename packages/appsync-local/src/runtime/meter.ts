import type { HelperTree } from './helper.ts';
import { HelperFailure } from './interruption.ts';

/**
 * Units of work of one evaluation, about two nanoseconds or one byte each: a second or two, or a gigabyte, most of which soon
 * becomes garbage. AppSync does not publish its limit. A million iterations of a loop that does a little take a twentieth of
 * it; counting the bytes of the largest result, 5 MB, by its URL encoding takes a fifth.
 */
export const ALLOWANCE = 1_000_000_000;

/** Units between two looks at the clock. */
export const STRIDE = 100_000;

/** Characters of a string that code may build: twice what AppSync accepts as a handler's result. */
export const LONGEST_TEXT = 10_000_000;

/** Milliseconds of processor time of one evaluation, for work that units do not measure, such as comparing long strings. */
const LIMIT_MS = 5000;

/** Processor time of the process in milliseconds: a busy machine gives a handler less time, through no fault of the handler. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Milliseconds of the wall clock until the processor's is asked, which takes ten times as long (measured 2026-11-30). An evaluation that has used up
 * its processor time has run for longer than this.
 */
const UNTIMED_MS = 100;

/** The helpers that the realm's meter calls. @param clock in milliseconds @param wall in milliseconds */
export function meterHelpers(
  allowance: number,
  clock: () => number = processorTime,
  wall: () => number = () => performance.now(),
): HelperTree {
  let current = 0;
  let begunAt = 0;
  /** The processor's clock; null until the evaluation takes long. */
  let begun: number | null = null;
  return {
    exhausted: () => {
      throw new HelperFailure(
        `The handler was ended: it had done more than ${allowance / 1_000_000} million steps of work. Loop over less, or over shorter lists and texts.`,
      );
    },
    tooLong: () => {
      throw new HelperFailure(`A text would have more than ${LONGEST_TEXT} characters`);
    },
    look: (evaluation: number) => {
      if (evaluation !== current) {
        current = evaluation;
        begunAt = wall();
        begun = null;
      } else if (begun === null) {
        begun = wall() - begunAt > UNTIMED_MS ? clock() : null;
      } else if (clock() - begun > LIMIT_MS) {
        throw new HelperFailure(`The handler was ended after ${LIMIT_MS / 1000} seconds`);
      }
    },
  };
}
