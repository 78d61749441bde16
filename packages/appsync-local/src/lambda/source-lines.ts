import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FindPlace, inlineSourceMap, readSourceMap } from '../ground/source-map.ts';
import type { SourceMaps } from '../template/app-model.ts';

/**
 * Replaces places in a function's code by those of its sources, where its bundle has a source map: inline, beside the file as bundlers
 * write it (`index.js.map`), or in the cloud assembly. Node.js would do the same with `--enable-source-maps`, but then reads the maps
 * at every cold start and not for the first error only, which takes 44 of 191 ms (a bundle of 300 KB, measured 2026-11-29).
 * Files in Python's tracebacks become relative to the folder of the code.
 *
 * @param taskRoot where the copy of the code is
 * @param sourceMaps those of the cloud assembly. @default none
 * @returns for a line of output with `/tmp/…/handler.js:16:31736`, the line with `functions/put-item/put.ts:40:9`
 */
export function sourceLines(taskRoot: string, sourceMaps?: SourceMaps): (line: string) => string {
  const files = new Map<string, FindPlace>();
  const url = pathToFileURL(taskRoot).href;
  const place = placesBelow(taskRoot, url);
  const findIn = (file: string): FindPlace => {
    const find = files.get(file) ?? readSourceMap(mapOfFile(file, sourceMaps));
    files.set(file, find);
    return find;
  };
  const inSources = (text: string): string =>
    text.replace(place, (found, file: string, row: string, column: string) => {
      const original = findIn(join(taskRoot, file))({ line: Number(row), column: Number(column) });
      return original ? `${original.file}:${original.line}:${original.column}` : found;
    });
  const frame = frameBelow(taskRoot);
  return (line) =>
    line.includes(taskRoot) || line.includes(url) ? inSources(line.replace(frame, '$1')) : line;
}

/** As Python's tracebacks begin a line, also within JSON: `File "/tmp/…/index.py"`. */
const frameBelow = (taskRoot: string): RegExp => new RegExp(`(File \\\\?")${escaped(taskRoot + sep)}`, 'g');

/** Places as stacks have them: `/tmp/…/index.js:1:2`, and `file:///tmp/…/index.mjs:1:2` in ES modules. */
const placesBelow = (taskRoot: string, url: string): RegExp =>
  new RegExp(
    `(?:${escaped(url)}|${escaped(taskRoot)})([/${escaped(sep)}][^\\s:()"]+\\.[cm]?js):(\\d+):(\\d+)`,
    'g',
  );

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The source map of a file of code: inline, beside it, or in the cloud assembly. */
export function mapOfFile(file: string, sourceMaps?: SourceMaps): string | undefined {
  const code = textOf(file);
  return code === undefined
    ? undefined
    : (inlineSourceMap(code) ?? textOf(`${file}.map`) ?? sourceMaps?.of(code).read());
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
