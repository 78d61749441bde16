import { decodedMappings, encodedMap, type SourceMapSegment, TraceMap } from '@jridgewell/trace-mapping';
import { fileOfSource } from './source-map.ts';

/** Text that was put into code after its source map was made; line and column count from 1, in the code of the map. */
export interface Insertion {
  line: number;
  column: number;
  length: number;
}

/**
 * The last line of code for a debugger: its source map with the places of the sources, so that a breakpoint in a source stops the code
 * wherever the code itself is.
 *
 * @param json a source map of version 3
 * @param locate gives the URL of a source's file
 * @returns nothing without a map, and with one that is broken
 */
export function debuggerMap(
  json: string | undefined,
  locate: (source: string) => string,
  insertions: readonly Insertion[] = [],
): string {
  const map = json === undefined ? null : mapOf(json);
  if (map === null) {
    return '';
  }
  const { names, resolvedSources } = map;
  const mappings = decodedMappings(map).map((segments, index) =>
    moved(
      segments,
      insertions.filter(({ line }) => line === index + 1),
    ),
  );
  const sources = resolvedSources.map((source) => locate(fileOfSource(source ?? '')));
  const located = encodedMap(new TraceMap({ version: 3, names, sources, mappings }));
  const encoded = Buffer.from(JSON.stringify(located)).toString('base64');
  return `\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}`;
}

function moved(segments: readonly SourceMapSegment[], insertions: Insertion[]): SourceMapSegment[] {
  return segments.map((segment) => {
    const [column, ...rest] = segment;
    const before = insertions.filter((inserted) => inserted.column <= column + 1);
    return [column + before.reduce((sum, { length }) => sum + length, 0), ...rest] as SourceMapSegment;
  });
}

function mapOf(json: string): TraceMap | null {
  try {
    return new TraceMap(json);
  } catch {
    return null;
  }
}
