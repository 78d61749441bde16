import type { ErrorCode } from './error-codes.ts';

/** What an error of the API says to programs. AppSync's own errors have none of it. */
export interface ErrorInfo {
  /** Why. */
  code?: ErrorCode;
  /** Whether the same request, sent again as it is, may succeed and does no harm. */
  retryable?: boolean;
  /** `BadRequest`: the argument or input member at fault. */
  field?: string;
  /** The JSON Pointer to the value at fault inside it. */
  path?: string;
  /** `Throttled`: wait so many milliseconds. */
  retryAfterMs?: number;
  /** `InternalError`: leads to the cause in the log. */
  requestId?: string;
  [other: string]: unknown;
}

/** One entry of `errors`, as AppSync sends it over HTTP and in frames. */
export interface ErrorEntry {
  message?: string;
  errorType?: string | null;
  errorInfo?: ErrorInfo | null;
  errorCode?: number;
  /** `Conflict`: the item as it is now, if the caller may read it. */
  data?: unknown;
}

/** What helps after a failure: other credentials, a retry, or neither. */
export type Remedy = 'credentials' | 'retry' | 'none';

/** A request, a connection or a subscription that failed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly remedy: Remedy;
  /** The API's errors; empty when it was not reached. */
  readonly errors: readonly ErrorEntry[];
  /** `errorInfo.code` of the first error; null for one that is not the API's own. */
  readonly code: ErrorCode | null;
  /** Wait at least this long, in milliseconds: `errorInfo.retryAfterMs` of a `Throttled` error. */
  readonly retryAfterMs: number;

  constructor(message: string, remedy: Remedy, errors: readonly ErrorEntry[] = []) {
    super(message);
    this.remedy = remedy;
    this.errors = errors;
    this.code = errors[0]?.errorInfo?.code ?? null;
    this.retryAfterMs = Math.max(0, ...errors.map(({ errorInfo }) => retryAfterMs(errorInfo)));
  }
}

const retryAfterMs = (errorInfo: ErrorInfo | null | undefined): number =>
  Number(errorInfo?.retryAfterMs ?? 0) || 0;

/**
 * Errors that a retry may avoid; any other error with a type is for the caller to fix. A limit on the size of a document
 * (`QueryDepthLimitReached`, `ResolverExecutionLimitReached`) is the same every time.
 */
const PASSING =
  /Throttl|Throughput|TooManyRequests|LimitExceeded|MaxSubscriptions|Internal|Timeout|ServiceUnavailable|TransactionConflict|TransactionInProgress|^Lambda/i;

/** HTTP statuses besides 5xx that a retry may avoid: the server waited too long (RFC 9110, 15.5.9), or gets too many requests. */
const TRANSIENT = new Set([408, 429]);

/** AppSync's names for refused credentials of a whole request; a refused field is `Unauthorized` and stays refused. */
const REFUSED =
  /UnauthorizedException|AccessDenied|InvalidSignature|IncompleteSignature|UnrecognizedClient|ExpiredToken/;

/** AppSync's words for a signature that was made too early, too late or for another request; their type is BadRequestException. */
const SIGNATURE_REFUSED = /^The request signature we calculated|^Signature (expired|not yet current)/;

/**
 * Combines a list of errors: a retry helps only if it helps against all of them.
 *
 * @param status of the HTTP response, or 0
 */
export function failureOf(errors: readonly ErrorEntry[], status = 0): ApiError {
  const [first = {}] = errors;
  const said = first.message ?? first.errorType ?? `the API answered with status ${status}`;
  const remedies = causesOf(errors).map((entry) => remedyOf(entry, entry.errorCode ?? status));
  const remedy = (['credentials', 'none'] as const).find((one) => remedies.includes(one)) ?? 'retry';
  return new ApiError(said, remedy, errors);
}

/** Beside typed errors, those without a type are consequences, such as a null in a non-null field. */
function causesOf(errors: readonly ErrorEntry[]): readonly ErrorEntry[] {
  const typed = errors.filter(({ errorType }) => errorType);
  return typed.length > 0 ? typed : [errors[0] ?? {}];
}

function remedyOf({ errorType, errorInfo, message }: ErrorEntry, status: number): Remedy {
  if (
    status === 401 ||
    status === 403 ||
    REFUSED.test(errorType ?? '') ||
    SIGNATURE_REFUSED.test(message ?? '')
  ) {
    return 'credentials';
  }
  if (typeof errorInfo?.retryable === 'boolean') {
    return errorInfo.retryable ? 'retry' : 'none';
  }
  if (TRANSIENT.has(status) || status >= 500 || PASSING.test(errorType ?? '')) {
    return 'retry';
  }
  return 'none';
}

/** Converts any error to an ApiError; an unclassified failure (such as no network) may be temporary. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError(error instanceof Error ? error.message : String(error), 'retry');
