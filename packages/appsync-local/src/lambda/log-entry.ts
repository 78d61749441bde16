/** One line for whoever shows the functions' logs; `line` is always fit to print as it is. */
export type LambdaLogEntry =
  /** What the function printed; `requestId` is absent while it was loading. */
  | { functionName: string; requestId?: string; stream: 'stdout' | 'stderr'; line: string }
  /** What the host has to say: an event given up, code that is not there. */
  | { functionName: string; requestId?: string; stream: 'host'; line: string }
  | ({ functionName: string; stream: 'report'; line: string } & InvocationReport);

/** The figures of Lambda's REPORT line. */
export interface InvocationReport {
  requestId: string;
  /** Milliseconds from handing over the event to the answer. */
  durationMs: number;
  /** Milliseconds from starting the process to its first request for work; only on a process's first invocation. */
  initDurationMs?: number;
  memorySizeMb: number;
  /** Peak resident set; absent when the process died before it could tell. */
  maxMemoryUsedMb?: number;
}

export type WriteLog = (entry: LambdaLogEntry) => void;

/** The entry with Lambda's own wording of the REPORT line ("Lambda log formats", AWS Lambda developer guide). */
export function reportEntry(functionName: string, report: InvocationReport): LambdaLogEntry {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
  ];
  if (report.maxMemoryUsedMb !== undefined) {
    fields.push(`Max Memory Used: ${report.maxMemoryUsedMb} MB`);
  }
  if (report.initDurationMs !== undefined) {
    fields.push(`Init Duration: ${report.initDurationMs.toFixed(2)} ms`);
  }
  return { functionName, stream: 'report', line: fields.join('\t'), ...report };
}
