/** One entry of `errors`, as AppSync sends it over HTTP and in frames. */
export interface ErrorEntry {
  message?: string;
  errorType?: string | null;
  errorInfo?: unknown;
  errorCode?: number;
}

/** What an attempt failed of, and so what helps: other credentials, another attempt, or neither. */
export type Remedy = 'credentials' | 'retry' | 'none';

/** A request, a connection or a subscription that failed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly remedy: Remedy;
  /** What the API said; empty where it was not reached. */
  readonly errors: readonly ErrorEntry[];
  /** Wait at least this long, in milliseconds: `errorInfo.retryAfterMs` of a `Throttled` error. */
  readonly retryAfterMs: number;

  constructor(message: string, remedy: Remedy, errors: readonly ErrorEntry[] = []) {
    super(message);
    this.remedy = remedy;
    this.errors = errors;
    this.retryAfterMs = Math.max(0, ...errors.map(({ errorInfo }) => retryAfterMs(errorInfo)));
  }
}

const retryAfterMs = (errorInfo: unknown): number =>
  Number((errorInfo as { retryAfterMs?: number } | null | undefined)?.retryAfterMs ?? 0) || 0;

/**
 * Answered by a later attempt, maybe; everything else that has a type is the caller's to repair. A limit on what a document may ask
 * for (`QueryDepthLimitReached`, `ResolverExecutionLimitReached`) is the same every time.
 */
const PASSING =
  /Throttl|Throughput|TooManyRequests|LimitExceeded|MaxSubscriptions|Internal|Timeout|ServiceUnavailable|TransactionConflict|TransactionInProgress|^Lambda/i;

/** HTTP statuses besides 5xx that another request may not meet: the server had waited too long (RFC 9110, 15.5.9), or was asked too often. */
const TRANSIENT = new Set([408, 429]);

/** Names AppSync gives to refused credentials of a whole request; a refused field is `Unauthorized` and stays refused. */
const REFUSED =
  /UnauthorizedException|AccessDenied|InvalidSignature|IncompleteSignature|UnrecognizedClient|ExpiredToken/;

/**
 * What a list of errors means: another attempt helps only where it helps against all of them.
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

/** Entries without a type are consequences where others have one, such as a null in a field that must have a value. */
function causesOf(errors: readonly ErrorEntry[]): readonly ErrorEntry[] {
  const typed = errors.filter(({ errorType }) => errorType);
  return typed.length > 0 ? typed : [errors[0] ?? {}];
}

function remedyOf({ errorType }: ErrorEntry, status: number): Remedy {
  if (status === 401 || status === 403 || REFUSED.test(errorType ?? '')) {
    return 'credentials';
  }
  if (TRANSIENT.has(status) || status >= 500 || PASSING.test(errorType ?? '')) {
    return 'retry';
  }
  return 'none';
}

/** An error of any origin as one of ours; a failure nobody named (no network, say) may pass. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError
    ? error
    : new ApiError(error instanceof Error ? error.message : String(error), 'retry');
