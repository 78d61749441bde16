import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { CONTENTION, THROTTLING_EXCEPTIONS, THROTTLING_REASONS } from '../../model/throttling.ts';

/** Why rows were not appended. */
export type TransactionFailure =
  /** Another environment has moved these counters, by their index: each is now at that position, if DynamoDB says so. */
  | { type: 'moved'; moved: Map<number, string | undefined> }
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

/**
 * DynamoDB's messages may contain values of items, so they are left out.
 * @param counters the first actions of the transaction are this many counters
 */
export function failureOf(error: unknown, counters: number): TransactionFailure {
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
  const moved = movedIn(reasons.slice(0, counters));
  if (moved.size > 0) {
    return { type: 'moved', moved };
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

const movedIn = (reasons: readonly CancellationReason[]): Map<number, string | undefined> =>
  new Map(
    reasons.flatMap(({ Code, Item }, index) =>
      Code === 'ConditionalCheckFailed' ? [[index, Item?.['last']?.S] as const] : [],
    ),
  );
