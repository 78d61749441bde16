/** One line for the display of the functions' logs; `line` can be printed unchanged. */
export type LambdaLogEntry = {
  functionName: string;
  line: string;
  /** `x-amzn-RequestId` of the GraphQL request that made the function run; absent when none did. */
  graphqlRequestId?: string;
} & (
  | /** Output of the function; `requestId` is absent while it was loading. */
    { requestId?: string; stream: 'stdout' | 'stderr' }
  /** A message of the host: a dropped event, missing code. */
  | { requestId?: string; stream: 'host' }
  | ({ stream: 'report' } & InvocationReport)
);

/** The numbers in Lambda's REPORT line. */
export interface InvocationReport {
  requestId: string;
  /** Milliseconds from sending the event to the response. */
  durationMs: number;
  /** Milliseconds from starting the process to its first request for work; only for a process's first invocation. */
  initDurationMs?: number;
  memorySizeMb: number;
  /** Peak resident set; absent when the process died before it could report it. */
  maxMemoryUsedMb?: number;
  graphqlRequestId?: string;
}

export type WriteLog = (entry: LambdaLogEntry) => void;

/** The entry in Lambda's own wording of the REPORT line ("Lambda log formats", AWS Lambda developer guide). */
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
