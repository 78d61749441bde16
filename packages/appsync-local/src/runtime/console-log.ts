import type { CodePlace, Place } from '../ground/source-map.ts';
import type { HelperTree } from './helper.ts';
import { CODE_FILE } from './source-positions.ts';

/** Levels of user messages (developer guide, "Monitoring"): `console.log` is INFO. */
export type LogLevel = 'INFO' | 'ERROR' | 'DEBUG';

/** What a line of code was doing when it logged or threw, in the author's terms. */
export interface Occurrence {
  /** `resolver Mutation.putItem`, `AppSync function readItem`. */
  title: string;
  /** In the author's own file, if there is a source map; else in `code.js`. */
  place: Place;
  /** What was logged, `"current id" "record-id"`, or thrown, `TypeError: x is not a function`. */
  words: string;
  /** `Mutation.putItem`; absent while no field is resolved. */
  field?: string;
  requestId?: string;
}

/**
 * Takes one line of what code logs.
 * @param text as CloudWatch has it: `INFO - code.js:5:3: "current id" "record-id"`
 * @param occurrence worked out when it is asked for
 */
export type Log = (level: LogLevel, text: string, occurrence: () => Occurrence) => void;

/**
 * `console`.
 * @param place of the innermost call of code, when known
 * @param occurrenceOf tells the same of the author's file
 */
export function consoleNamespace(
  log: Log,
  place: () => CodePlace | undefined,
  occurrenceOf: (place: CodePlace, words: string) => Occurrence,
): HelperTree {
  const at =
    (level: LogLevel) =>
    (...given: unknown[]) => {
      const called = place() ?? { line: 0, column: 0 };
      const words = given.map((word) => JSON.stringify(word) ?? 'undefined').join(' ');
      const begin = `${level} - ${CODE_FILE}:${called.line}:${called.column}:`;
      log(level, words === '' ? begin : `${begin} ${words}`, () => occurrenceOf(called, words));
    };
  return { log: at('INFO'), error: at('ERROR'), debug: at('DEBUG') };
}
