import { KeptInvocations } from '../functions/kept-invocations.ts';
import { lineSeverity, lineText } from '../lambda/line-severity.ts';
import type { LambdaLogEntry } from '../lambda/log-entry.ts';
import { KeptLines } from '../logs/kept-lines.ts';
import type { Logs } from './logs.ts';

/** What Lambda functions did and what everything logged, in memory for the console and the command `logs`. */
export interface KeptActivity {
  lines: KeptLines;
  invocations: KeptInvocations;
}

export const openActivity = (): KeptActivity => ({
  lines: new KeptLines(),
  invocations: new KeptInvocations(),
});

/** Keeps each line before it goes on. */
export const keeping = (logs: Logs, { lines, invocations }: KeptActivity): Logs => ({
  progress: (line) => logs.progress(line),
  line(source, text, about = {}) {
    const { severity = 'warn', requestId } = about;
    lines.add({ source, severity, text, ...(requestId !== undefined && { requestId }) });
    logs.line(source, text, about);
  },
  lambda(entry) {
    if (entry.stream === 'report') {
      invocations.reported(entry);
    }
    lines.add(lineOf(entry));
    logs.lambda(entry);
  },
});

const lineOf = (entry: LambdaLogEntry): Parameters<KeptLines['add']>[0] => ({
  source: entry.functionName,
  severity: lineSeverity(entry),
  text: lineText(entry),
  ...(entry.graphqlRequestId !== undefined && { requestId: entry.graphqlRequestId }),
  ...(entry.requestId !== undefined && { invocationId: entry.requestId }),
});
