import { type FindPlace, inlineSourceMap, type Place, readSourceMap } from '../ground/source-map.ts';
import type { SourceMap } from '../template/app-model.ts';

/** Finds the author's own line for a place in uploaded code. */
export interface SourcePositions {
  /** @param line @param column in the uploaded code, from 1. Returns the same place in `code.js` when no map gives a better one. */
  at(line: number, column: number): Place;
}

/** AppSync's own name for uploaded code in messages. */
export const CODE_FILE = 'code.js';

/** The inline map at the end of uploaded code, else the one beside it. */
export const sourceMapOf = (text: string, beside?: SourceMap): string | undefined =>
  inlineSourceMap(text) ?? beside?.read();

/**
 * Uses the source map of uploaded code: the inline one at its end (AppSync developer guide, "Additional utilities"), else the one
 * beside it. A broken map is ignored.
 * @param beside read for the first problem only
 */
export function sourcePositions(text: string, beside?: SourceMap): SourcePositions {
  let find: FindPlace | undefined;
  return {
    at(line, column) {
      find ??= readSourceMap(sourceMapOf(text, beside));
      return find({ line, column }) ?? { file: CODE_FILE, line, column };
    },
  };
}
