import type { CodeProblem } from '../runtime.types.ts';

/** A problem at its place in the uploaded code, not yet at its place in the author's. */
export interface Found {
  errorType: CodeProblem['errorType'];
  message: string;
  /** Offset of the first character, from 0. */
  start: number;
  /** Characters. */
  length: number;
}

export const inOrder = (found: readonly Found[]): Found[] => [...found].sort((a, b) => a.start - b.start);

/** Without those that are also, at the very same place, among the others. */
export const without = (found: readonly Found[], others: readonly Found[]): Found[] =>
  found.filter(
    ({ start, length }) => !others.some((other) => other.start === start && other.length === length),
  );
