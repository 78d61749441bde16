import vm from 'node:vm';
import { HelperFailure } from '../interruption.ts';
import { addWork } from '../outside-work.ts';
import type { PatternShape } from './pattern-shape.ts';

/** A translated regular expression. */
export interface SearchPattern {
  regex: RegExp;
  /** As the code wrote it. */
  written: string;
  shape: PatternShape;
  /** Whether it can match at the beginning of a text only. */
  isAnchored: boolean;
}

/** Steps of a search that take no noticeable time. */
const FEW_STEPS = 1_000_000;

/** Milliseconds for one search. JavaScript's engine backtracks, as Java's does on AWS. */
const LIMIT_MS = 500;

/** Units of work per millisecond (realm-meter.js). */
const UNITS_OF_A_MS = 500_000;

/**
 * Searches a text: directly when the pattern and the length of the text guarantee an early end, else with a time limit, which
 * costs another 0.1 ms in Node.js.
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

/** Node.js limits the time of scripts only; this script runs the task that is set here. */
let task: () => unknown = () => undefined;
const TASKS = vm.createContext({ run: () => task() });
const RUN_TASK = new vm.Script('run()');

const shown = (pattern: string): string => (pattern.length > 100 ? `${pattern.slice(0, 100)}…` : pattern);

function endsSoon({ regex, shape, isAnchored }: SearchPattern, length: number): boolean {
  const { repeats, ways, isNested } = shape;
  // Covers every start of the match, and every way in which repeating parts can share the rest.
  const starts = isAnchored ? 1 : length + 1;
  return !isNested && starts * ways * (length + 1) ** repeats * (1 + regex.source.length / 100) < FEW_STEPS;
}
