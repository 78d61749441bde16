import type { HelperTree } from './helper.ts';
import { CODE_FILE } from './source-positions.ts';
import type { CodePlace } from './source-positions.ts';

/** Levels of user messages (developer guide, "Monitoring"): `console.log` is INFO. */
export type LogLevel = 'INFO' | 'ERROR' | 'DEBUG';

/** Receives one line that code logs: `INFO - code.js:5:3: "current id" "record-id"`. */
export type Log = (level: LogLevel, text: string) => void;

/** `console`. @param place of the innermost call in the code, if known */
export function consoleNamespace(log: Log, place: () => CodePlace | undefined): HelperTree {
  const at =
    (level: LogLevel) =>
    (...given: unknown[]) => {
      const { line, column } = place() ?? { line: 0, column: 0 };
      const words = given.map((word) => JSON.stringify(word) ?? 'undefined');
      log(level, [`${level} - ${CODE_FILE}:${line}:${column}:`, ...words].join(' '));
    };
  return { log: at('INFO'), error: at('ERROR'), debug: at('DEBUG') };
}
