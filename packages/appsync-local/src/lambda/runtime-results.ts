import type { ExitReason } from './child-process.ts';
import { functionError } from './lambda-result.ts';
import type { LambdaResult } from './lambda-result.ts';
import { ANSWER_LIMIT } from './limits.ts';

/** The result of an invocation that exceeded its function's time limit. */
export const timedOut = (requestId: string, timeoutMs: number): LambdaResult => ({
  kind: 'function-error',
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  timedOut: true,
});

/** The result of an invocation, or of loading, whose process ended. */
export function exitError(requestId: string, reason: ExitReason): LambdaResult {
  const how =
    reason === null ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${reason}`;
  return functionError('Runtime.ExitError', `RequestId: ${requestId} Error: ${how}`);
}

export const unanswered = (): LambdaResult =>
  functionError('Runtime.NoResponse', 'The runtime asked for the next event without answering this one.');

export const answerTooLarge = (): LambdaResult =>
  functionError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${ANSWER_LIMIT} bytes).`,
  );

export function parseAnswer(body: string): LambdaResult {
  try {
    return { kind: 'answer', payload: JSON.parse(body) };
  } catch {
    return functionError('Runtime.InvalidResponse', 'The runtime answered with text that is not JSON.');
  }
}

export function parseError(body: string): LambdaResult {
  try {
    const { errorType, errorMessage } = JSON.parse(body) as Record<string, unknown>;
    return functionError(String(errorType ?? 'Unhandled'), String(errorMessage ?? ''));
  } catch {
    return functionError('Runtime.Unknown', 'The runtime reported an error that is not JSON.');
  }
}
