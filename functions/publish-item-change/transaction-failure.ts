import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { CONTENTION, THROTTLING_EXCEPTIONS, THROTTLING_REASONS } from '../../model/throttling.ts';

/** Why rows were not appended. */
export type TransactionFailure =
  /** Another environment has moved the log: its position is now `last`, if DynamoDB says so. */
  | { type: 'moved'; last: string | undefined }
  /** Another transaction is changing the same rows, or DynamoDB is overloaded: a retry may succeed. */
  | { type: 'busy' }
  /** DynamoDB does not accept the contents of the rows. */
  | { type: 'refused'; reason: string }
  | { type: 'failed'; reason: string };

/** Temporary reasons of a cancelled transaction, and temporary exceptions. */
const PASSING: ReadonlySet<string> = new Set([
  ...CONTENTION,
  ...THROTTLING_EXCEPTIONS,
  ...THROTTLING_REASONS,
]);

/** Reasons that depend on the contents of the rows, for every caller. */
const REFUSING = new Set(['ValidationException', 'ValidationError', 'ItemCollectionSizeLimitExceeded']);

/** The counter is the first action of the transaction. DynamoDB's messages may contain values of items, so they are left out. */
export function failureOf(error: unknown): TransactionFailure {
  if (!(error instanceof Error)) {
    return { type: 'failed', reason: 'Error' };
  }
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  if (reasons.length === 0) {
    if (PASSING.has(error.name)) {
      return { type: 'busy' };
    }
    return { type: REFUSING.has(error.name) ? 'refused' : 'failed', reason: error.name };
  }
  if (reasons[0]?.Code === 'ConditionalCheckFailed') {
    return { type: 'moved', last: reasons[0].Item?.['last']?.S };
  }
  const codes = [...new Set(reasons.map(({ Code }) => Code ?? 'None'))].filter((code) => code !== 'None');
  const are = (kind: ReadonlySet<string>): boolean =>
    codes.length > 0 && codes.every((code) => kind.has(code));
  if (are(PASSING)) {
    return { type: 'busy' };
  }
  const reason = `${error.name}: ${codes.join(', ')}`;
  return { type: are(REFUSING) ? 'refused' : 'failed', reason };
}
