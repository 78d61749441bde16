/*
 * The Lambda function is deployed with LogFormat JSON: the runtime writes an object passed to console as JSON and adds time,
 * level and request id (Lambda Developer Guide, "Log and monitor Node.js Lambda functions"). No line contains any part of a
 * payload.
 */

/** The results of an invocation. */
export interface Summary {
  records: number;
  changes: number;
  /** Changes published without their payloads. */
  omitted: number;
  /** Records that could not be published in full. */
  gaps: number;
  failures: number;
  /** Milliseconds. */
  durationMs: number;
}

export function logBatch(summary: Summary, requestId: string): void {
  console.info({ message: 'publishItemChange', requestId, ...summary });
}

/** A record that is reported as failed: the event source mapping retries it or puts it into the dead-letter queue. */
export function logFailure(sequenceNumber: string, reason: string, requestId: string): void {
  console.error({ message: 'publishItemChange failed', requestId, sequenceNumber, reason });
}

/** A record that was published in part or not at all, and never will be: a script or an SDK wrote what the API could not answer. */
export function logGap(sequenceNumber: string, reason: string, requestId: string): void {
  console.warn({ message: 'publishItemChange left something out', requestId, sequenceNumber, reason });
}
