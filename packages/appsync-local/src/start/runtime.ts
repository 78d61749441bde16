import type { Severity } from '../ground/severity.ts';
import type { LogLevel, Occurrence } from '../runtime/console-log.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import { type RememberingRuntime, rememberModules } from '../runtime/remembered-modules.ts';
import { createRuntime } from '../runtime/runtime.ts';
import type { Traces } from '../trace/request-trace.ts';
import type { Code } from './code.ts';
import type { Inspection } from './inspection.ts';
import type { LocalOptions } from './local-options.ts';
import type { Logs } from './logs.ts';
import { occurrenceLine } from './occurrence-line.ts';

const SEVERITY_OF: Record<LogLevel, Severity> = { ERROR: 'error', INFO: 'info', DEBUG: 'debug' };

/** The runtime of resolver code, which reports to the log and the request what code prints and throws. */
export function openRuntime(
  logs: Logs,
  { translations }: Pick<Code, 'translations'>,
  { javascript = DEFAULT_JAVASCRIPT }: Pick<LocalOptions, 'javascript'>,
  traces: Traces | undefined,
  inspection?: Inspection,
): RememberingRuntime {
  const tell = (level: LogLevel, occurrence: Occurrence): void => {
    const { requestId, ...line } = occurrence;
    logs.line('resolver', occurrenceLine(level, occurrence), { severity: SEVERITY_OF[level], requestId });
    traces?.underWay(requestId ?? '')?.logged({ level, ...line });
  };
  const runtime = createRuntime({
    log: (level, _text, occurrence) => tell(level, occurrence()),
    threw: (occurrence) => tell('ERROR', occurrence),
    warn: (title, { file, line, column, message }) =>
      logs.line('resolver', `AppSync may refuse the code of ${title}: ${file}:${line}:${column}: ${message}`),
    translations,
    javascript,
    ...(inspection && { locate: inspection.locate }),
  });
  return rememberModules(runtime);
}
