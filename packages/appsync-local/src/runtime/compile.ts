import type { Insertion } from '../ground/debugger-map.ts';
import type { CodePlace } from '../ground/source-map.ts';
import type { Edit } from './edits.ts';
import type { Realm, RealmModules, RealmObject } from './realm.ts';
import { CODE_FILE } from './source-positions.ts';
import type { Translation } from './translate.ts';

/** A handler as a function of the realm. */
export type Handler = (ctx: RealmObject) => unknown;

export interface CompiledCode {
  /** Runs the module's top-level code, once, and returns its handlers. */
  run(): { request: Handler; response: Handler };
  /** The place in the uploaded code that a place in the compiled text came from. */
  uploaded(line: number, column: number): CodePlace;
  /** Where `console.log(…)` starts; V8 gives the place of `log`. */
  consoleCall(place: CodePlace): CodePlace;
}

/** The names that code uses without declaring them: the namespaces of the language, `util`, `extensions`, `runtime`, `console`. */
export interface Surroundings {
  globals: Record<string, RealmObject>;
  /** By module name, for imports. */
  modules: RealmModules;
}

/** Code that a debugger may stop. */
export interface InspectedCode {
  /** Tells it from other code: a debugger knows code by its file. */
  title: string;
  /** Its source map, as the last line of code. */
  map(inserted: Insertion[]): string;
}

/** Compiles a code unit to a function of the realm. */
export function compile(
  text: string,
  { names, edits, imports, closing, consoleCalls }: Translation,
  realm: Realm,
  { globals, modules }: Surroundings,
  inspected?: InspectedCode,
): CompiledCode {
  const given: [name: string, value: RealmObject][] = [
    [names.take, realm.take],
    [names.takeKeys, realm.takeKeys],
    [names.step, realm.step],
    [names.spread, realm.spread],
    [names.grown, realm.grown],
    [names.endEarly, realm.endEarly],
    [names.same, realm.same],
    [names.coalesce, realm.coalesce],
    [names.noCase, realm.noCase],
    [names.modules, modules],
    ...Object.entries(globals),
  ];
  const opening =
    `(function (${given.map(([name]) => name).join(', ')}) { ` +
    `"use strict"; return function () { ${imports}`;
  // Asked for by errors and debuggers alone: of 29 code units they took a twentieth of a start (measured 2026-11-30).
  let known: Insertion[] | undefined;
  const inserted = (): Insertion[] => (known ??= insertions(text, edits, opening.length));
  const map = inspected?.map(inserted()) ?? '';
  const source = `${opening}${applyEdits(text, edits)}\n${closing} }; })${map}`;
  type Outer = (...given: RealmObject[]) => () => { request: Handler; response: Handler };
  const outer = realm.evaluate(source, inspected ? `${inspected.title}/${CODE_FILE}` : CODE_FILE) as Outer;
  const calls = new Map(consoleCalls);
  return {
    run: outer(...given.map(([, value]) => value)),
    uploaded: (line, column) => positionBefore(inserted(), line, column),
    consoleCall: (place) => calls.get(`${place.line}:${place.column}`) ?? place,
  };
}

function applyEdits(text: string, edits: Edit[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    out += text.slice(at, start) + replacement;
    at = end;
  }
  return out + withoutSourceMap(text.slice(at));
}

/** Without it Node.js would map the stack itself; clients are shown places in the uploaded code. */
const withoutSourceMap = (text: string): string => text.replace(/\/\/# sourceMappingURL=.*\s*$/, '');

/** Where text was put in, the opening first: it stands on the first line, since a debugger knows of no lines before it. */
function insertions(text: string, edits: Edit[], openingLength: number): Insertion[] {
  const inserted = edits
    .filter(({ start, end }) => start === end)
    .map(({ start, text: added }) => {
      const lines = text.slice(0, start).split('\n');
      return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, length: added.length };
    });
  return [{ line: 1, column: 1, length: openingLength }, ...inserted];
}

function positionBefore(inserted: Insertion[], line: number, column: number): CodePlace {
  let uploaded = column;
  for (const edit of inserted) {
    if (edit.line === line && edit.column < uploaded) {
      uploaded = Math.max(edit.column, uploaded - edit.length);
    }
  }
  return { line, column: uploaded };
}
