import type { CodeProblem } from '../runtime.types.ts';

/** A problem at its place in the uploaded code, before it is mapped to the author's source. */
export interface Found {
  errorType: CodeProblem['errorType'];
  message: string;
  /** Offset of the first character, from 0. */
  start: number;
  /** Characters. */
  length: number;
}

export const inOrder = (found: readonly Found[]): Found[] => [...found].sort((a, b) => a.start - b.start);

/** Drops the findings that `others` has at the very same place. */
export const without = (found: readonly Found[], others: readonly Found[]): Found[] =>
  found.filter(
    ({ start, length }) => !others.some((other) => other.start === start && other.length === length),
  );
