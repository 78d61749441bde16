import { RequestRefused } from '../auth/caller.ts';
import type { HttpResponse, LogFailure } from './message.ts';

const INTERNAL_FAILURE = new RequestRefused(500, 'InternalFailure', 'internal error');

/**
 * The response to a request that was not run: `{"errors":[{"errorType","message"}]}` with `x-amzn-ErrorType`, without which
 * Amplify reports "Unknown error" (docs/facts/authorization.md#refusals; Amplify measured 2026-11-23).
 *
 * @param requestId UUID, sent as `x-amzn-RequestId`.
 */
export function refusal(refused: RequestRefused, requestId: string): HttpResponse {
  return {
    status: refused.status,
    headers: {
      'Content-Type': 'application/json;charset=UTF-8',
      'x-amzn-RequestId': requestId,
      'x-amzn-ErrorType': refused.errorType,
    },
    body: JSON.stringify({ errors: [refused.entry] }),
  };
}

/** Turns an exception into a response: a refusal unchanged, anything else as 500 with its cause only in the log. */
export function answerFailure(error: unknown, requestId: string, log: LogFailure): HttpResponse {
  if (error instanceof RequestRefused) {
    return refusal(error, requestId);
  }
  log({ requestId, error });
  return refusal(INTERNAL_FAILURE, requestId);
}
