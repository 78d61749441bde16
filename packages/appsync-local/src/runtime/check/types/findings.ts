/** One thing the checker says, at a place in the uploaded code. */
export interface Finding {
  /** Offset of its first character, from 0. */
  start: number;
  /** Characters. */
  length: number;
  /** TypeScript's, 2339; absent for a method that AppSync's linter refuses by its type. */
  code?: number;
  message: string;
}

export interface TypeFindings {
  /** The text is no JavaScript; nothing else was looked for then. */
  syntax: Finding[];
  types: Finding[];
}
