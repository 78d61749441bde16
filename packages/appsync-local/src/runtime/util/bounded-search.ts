import vm from 'node:vm';
import { HelperFailure } from '../interruption.ts';
import { addWork } from '../outside-work.ts';
import type { PatternShape } from './pattern-shape.ts';

/** A regular expression as JavaScript has it. */
export interface SearchPattern {
  regex: RegExp;
  /** As the code wrote it. */
  written: string;
  shape: PatternShape;
}

/** Steps of a search that nobody notices. */
const FEW_STEPS = 1_000_000;

/** Milliseconds for one search; JavaScript's engine tries one way to match after another, as Java's does on AWS. */
const LIMIT_MS = 500;

/** Units of work of a millisecond (realm-meter.js). */
const UNITS_OF_A_MS = 500_000;

/**
 * Searches a text. Where the pattern and the length of the text show that it ends soon, at no extra cost; else with a limit of time, which takes
 * Node.js another 0.1 ms to keep.
 *
 * @throws HelperFailure when it takes longer than 500 ms
 */
export function search<Found>(pattern: SearchPattern, text: string, find: (regex: RegExp) => Found): Found {
  addWork(text.length);
  if (endsSoon(pattern, text.length)) {
    return find(pattern.regex);
  }
  const begun = performance.now();
  try {
    task = () => find(pattern.regex);
    return RUN_TASK.runInContext(TASKS, { timeout: LIMIT_MS }) as Found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw error;
    }
    throw new HelperFailure(
      `The regular expression "${shown(pattern.written)}" takes too long on a text of ${text.length} characters`,
    );
  } finally {
    addWork((performance.now() - begun) * UNITS_OF_A_MS);
  }
}

/** What runs with a limit of time is a script; this one runs what is set here. */
let task: () => unknown = () => undefined;
const TASKS = vm.createContext({ run: () => task() });
const RUN_TASK = new vm.Script('run()');

const shown = (pattern: string): string => (pattern.length > 100 ? `${pattern.slice(0, 100)}…` : pattern);

function endsSoon({ regex, shape: { repeats, ways, isNested } }: SearchPattern, length: number): boolean {
  // Wherever in the text the match begins, and however the parts that repeat share what follows.
  return !isNested && ways * (length + 1) ** (repeats + 1) * (1 + regex.source.length / 100) < FEW_STEPS;
}
