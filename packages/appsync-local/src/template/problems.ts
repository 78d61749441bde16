import { StartFailure } from '../ground/start-failure.ts';

/** Collects every reason not to start, so that people see them all at once. */
export interface Problems {
  add(problem: string): void;
  /** Runs `read`; a StartFailure becomes a problem, and the result is undefined. */
  attempt<T>(read: () => T): T | undefined;
  /** All problems; call it only if there are any. */
  failure(): StartFailure;
  /** @throws StartFailure with all problems when there are any. */
  refuse(): void;
}

export function createProblems(): Problems {
  const problems = new Set<string>();
  const failure = (): StartFailure => new StartFailure([...problems]);
  return {
    failure,
    add: (problem) => void problems.add(problem),
    attempt: (read) => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof StartFailure)) {
          throw error;
        }
        error.reasons.forEach((reason) => problems.add(reason));
        return undefined;
      }
    },
    refuse: () => {
      if (problems.size > 0) {
        throw failure();
      }
    },
  };
}
