import type { RefusalInfo } from '../../model/refusals.ts';
import type { PutAnswer } from './answer.ts';

/*
 * The Lambda function is deployed with LogFormat JSON: the runtime writes an object passed to console as JSON and adds time,
 * level and request id (Lambda Developer Guide, "Log and monitor Node.js Lambda functions").
 */

function violationsIn(answer: PutAnswer): number {
  const { count, violations }: Partial<RefusalInfo> = 'error' in answer ? answer.error.errorInfo : {};
  return typeof count === 'number' ? count : Array.isArray(violations) ? violations.length : 0;
}

/** Writes one line per put, with nothing of the payload. `durationMs` in milliseconds. */
export function logPut(kind: string, answer: PutAnswer, durationMs: number, requestId: string): void {
  console.info({
    message: 'putValidatedItem',
    requestId,
    outcome: 'error' in answer ? answer.error.errorType : 'written',
    kind,
    version: 'item' in answer ? answer.item.version : null,
    durationMs,
    violations: violationsIn(answer),
  });
}

const describe = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, cause: error.message, stack: error.stack }
    : { cause: String(error) };

/** Logs the cause of what the caller only sees as `internal error` (or `Throttled`); the request id leads to it. */
export function logFailure(error: unknown, requestId: string): void {
  console.error({ message: 'putValidatedItem failed', requestId, ...describe(error) });
}
