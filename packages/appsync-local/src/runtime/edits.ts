/** Replaces the uploaded text between two offsets with `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Text put before and after an expression. */
export interface Wrap {
  start: number;
  end: number;
  before: string;
  after: string;
}

/**
 * Sorts all changes by their place in the text; none lies inside another. Where several begin or end at one place, an inner
 * wrap closes before an outer one, and an outer one opens before an inner one.
 */
export function inOrder(edits: Edit[], wraps: Wrap[]): Edit[] {
  const outerFirst = [...wraps].sort((a, b) => a.start - b.start || b.end - a.end);
  // Minified code has no space in return`…`, typeof[…] and the like.
  const openings = outerFirst.map(({ start, before }) => ({ start, end: start, text: ` ${before}` }));
  const closings = outerFirst.map(({ end, after }) => ({ start: end, end, text: after })).reverse();
  return [...closings, ...openings, ...edits].sort((a, b) => a.start - b.start);
}
