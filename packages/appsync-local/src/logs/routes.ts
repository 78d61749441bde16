import type { Handle } from '../http/message.ts';
import { badRequest, ownPageJson } from '../http/own-page-answers.ts';
import type { Show } from '../recorder/hidden.ts';
import type { KeptLines } from './kept-lines.ts';
import type { LogLine } from './log-line.ts';

/** The answer to `GET /_local/logs`. */
export interface LogList {
  /** The oldest first. */
  lines: LogLine[];
  /** The number of the newest line, for the next `after`; 0 before the first. Smaller than `after` when the server was started again. */
  newest: number;
  /** Lines dropped for newer ones. */
  dropped: number;
}

/**
 * `GET /_local/logs?after=NUMBER`: the last lines of the log. Answers this machine only, and no web page but the console.
 * @param show hides credentials
 */
export const createLogRoute = (kept: KeptLines, show: () => Show): Handle =>
  ownPageJson(({ query }): LogList => {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) {
      throw badRequest(`after is ${query.get('after')}; it must be a number of a line, such as 12.`);
    }
    const hide = show();
    const lines = kept.list(after).map((line) => ({ ...line, text: hide(line.text) as string }));
    return { lines, newest: kept.newest, dropped: kept.dropped };
  });
