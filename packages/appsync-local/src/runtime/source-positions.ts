import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping';
import type { SourceMapInput } from '@jridgewell/trace-mapping';
import type { SourceMap } from '../template/app-model.ts';

/** A place in uploaded code; line and column count from 1. */
export interface CodePlace {
  line: number;
  column: number;
}

/** A place in a named file. */
export interface Place extends CodePlace {
  file: string;
}

/** Finds the author's own line for a place in uploaded code. */
export interface SourcePositions {
  /** @param line @param column in the uploaded code, from 1. Returns the same place in `code.js` when no map gives a better one. */
  at(line: number, column: number): Place;
}

/** AppSync's own name for uploaded code in messages. */
export const CODE_FILE = 'code.js';

/** The form that AppSync asks for: inline, on the last line (developer guide, "Additional utilities"). */
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([\w+/=]+)\s*$/;

/**
 * Uses the source map of uploaded code: the inline one at its end, else the one beside it. A broken map is ignored.
 * @param beside read for the first problem only
 */
export function sourcePositions(text: string, beside?: SourceMap): SourcePositions {
  let map: TraceMap | null | undefined;
  return {
    at(line, column) {
      if (map === undefined) {
        map = parsedMap(inlineMap(text) ?? beside?.read());
      }
      const original = map && originalPositionFor(map, { line, column: column - 1 });
      if (!original || original.source === null) {
        return { file: CODE_FILE, line, column };
      }
      return { file: withoutDots(original.source), line: original.line, column: original.column + 1 };
    },
  };
}

function inlineMap(text: string): string | undefined {
  const encoded = INLINE_MAP.exec(text)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

function parsedMap(json: string | undefined): TraceMap | null {
  if (json === undefined) {
    return null;
  }
  try {
    return new TraceMap(JSON.parse(json) as SourceMapInput);
  } catch {
    return null;
  }
}

/**
 * Removes the leading dots of a source: bundlers write it relative to an output folder that no longer matters
 * (`../../resolvers/x.ts`).
 */
const withoutDots = (source: string): string => source.replace(/^(?:\.{1,2}\/)+/, '');
