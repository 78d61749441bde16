/** One finding of the checker, at a place in the uploaded code. */
export interface Finding {
  /** Offset of its first character, from 0. */
  start: number;
  /** Characters. */
  length: number;
  /** TypeScript's number, such as 2339; absent for a method that AppSync's linter refuses by its type. */
  code?: number;
  message: string;
}

export interface TypeFindings {
  /** Syntax errors; when there are any, nothing else was looked for. */
  syntax: Finding[];
  types: Finding[];
}
