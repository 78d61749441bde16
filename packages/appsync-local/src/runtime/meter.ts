import type { HelperTree } from './helper.ts';
import { HelperFailure } from './interruption.ts';

/**
 * Units of work of one evaluation, of some two nanoseconds or a byte each: a second or two, or a gigabyte, most of which is garbage soon. AppSync
 * does not say what it grants; a thousand times a thousand turns of a loop that does a little take a twentieth, and to count the bytes of the largest
 * result, 5 MB, by its URL encoding takes a fifth.
 */
export const ALLOWANCE = 1_000_000_000;

/** Units after which the clock is looked at. */
export const STRIDE = 100_000;

/** Characters of a text that code may put together: twice what AppSync takes as a handler's result. */
export const LONGEST_TEXT = 10_000_000;

/** Milliseconds of processor time of one evaluation, for work that units do not tell, such as comparing long texts. */
const LIMIT_MS = 5000;

/** Of the process, in milliseconds: a busy machine gives a handler less time, which is no fault of the handler. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What the realm's meter asks outside. @param clock in milliseconds */
export function meterHelpers(allowance: number, clock: () => number = processorTime): HelperTree {
  let current = 0;
  let begun = 0;
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
        begun = clock();
      } else if (clock() - begun > LIMIT_MS) {
        throw new HelperFailure(`The handler was ended after ${LIMIT_MS / 1000} seconds`);
      }
    },
  };
}
