import {
  type SourceMapInput,
  TraceMap,
  decodedMappings,
  originalPositionFor,
} from '@jridgewell/trace-mapping';

/** A place in code; line and column count from 1. */
export interface CodePlace {
  line: number;
  column: number;
}

/** A place in a named file. */
export interface Place extends CodePlace {
  file: string;
}

/** Finds the author's place; undefined where the map has none. */
export type FindPlace = (place: CodePlace) => Place | undefined;

/**
 * @param json a source map of version 3
 * @returns finds nothing without a map, and with one that is broken
 */
export function readSourceMap(json: string | undefined): FindPlace {
  const map = json === undefined ? null : parsed(json);
  return ({ line, column }) => {
    const original = map && originalPositionFor(map, { line, column: column - 1 });
    return !original || original.source === null
      ? undefined
      : {
          file: withoutDots(fileOfSource(original.source)),
          line: original.line,
          column: original.column + 1,
        };
  };
}

/** The form that bundlers write on the last line. */
const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([\w+/=]+)\s*$/;

/** The source map at the end of code. */
export function inlineSourceMap(code: string): string | undefined {
  const encoded = INLINE_MAP.exec(code)?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

function parsed(json: string): TraceMap | null {
  try {
    return new TraceMap(JSON.parse(json) as SourceMapInput);
  } catch {
    return null;
  }
}

/** The file of a source: maps name URLs, so esbuild writes `%5Btasks%5D.ts` for `[tasks].ts`. Other tools write the name itself. */
export function fileOfSource(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

/**
 * Removes the leading dots of a source: bundlers write it relative to an output folder that no longer matters
 * (`../../resolvers/x.ts`).
 */
const withoutDots = (source: string): string => source.replace(/^(?:\.{1,2}\/)+/, '');

/** The file that a bundle was made for: its code comes last, after all that it imports. Undefined without a map. */
export function mainSource(json: string | undefined): string | undefined {
  const map = json === undefined ? null : parsed(json);
  const segments = map ? decodedMappings(map).flat() : [];
  const sources = segments.map(([, source]) => (source === undefined ? null : map!.sources[source]));
  const main = sources.findLast((source) => source && !source.includes('node_modules/'));
  return main ? withoutDots(fileOfSource(main)) : undefined;
}
