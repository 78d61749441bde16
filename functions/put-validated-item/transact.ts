import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Claim } from '../../model/kinds/claims.ts';
import type { Reference } from '../../model/kinds/references.ts';
import { THROTTLING_EXCEPTIONS, THROTTLING_REASONS } from '../../model/throttling.ts';
import type { Action } from './plan.ts';

/** The outcome of a transaction. */
export type Outcome =
  | { type: 'written' }
  /** Another writer changed what this write was based on; `busy`: only other transactions were in the way. */
  | { type: 'raced'; lost: string[]; busy: boolean }
  | { type: 'refused'; taken: Taken[]; missing: Reference[] }
  /** The item was to change its kind while this many others refer to it. */
  | { type: 'referred to'; referrers: number }
  | { type: 'throttled' }
  /** By DynamoDB's measure the item is larger than by ours. */
  | { type: 'too large' };

export interface Taken {
  claim: Claim;
  /** Id of the item that holds the value. */
  holder: string | undefined;
}

const THROTTLING: ReadonlySet<string> = new Set([
  ...THROTTLING_EXCEPTIONS,
  ...THROTTLING_REASONS,
  'TransactionInProgressException',
]);

/** Whether an exception of the SDK means that the same write may succeed a moment later. */
export const isThrottling = (error: unknown): boolean => error instanceof Error && THROTTLING.has(error.name);

interface Failed {
  action: Action;
  code: string;
  reason: CancellationReason;
}

/** Reasons come in the order of the actions, `None` for those that would have passed (API reference, TransactWriteItems). */
const failedActions = (actions: readonly Action[], reasons: readonly CancellationReason[]): Failed[] =>
  actions.flatMap((action, index) => {
    const reason = reasons[index];
    return reason?.Code && reason.Code !== 'None' ? [{ action, code: reason.Code, reason }] : [];
  });

/** Claims of the row that another item now holds: a failed condition proves it, a conflict does not. */
const lostClaims = (failed: readonly Failed[]): string[] =>
  failed.flatMap(({ action, code }) =>
    action.does === 'release' && code === 'ConditionalCheckFailed' ? [action.pk] : [],
  );

/** A row that changed, or that another transaction is changing, invalidates all other reasons. */
function readReasons(failed: readonly Failed[]): Outcome {
  if (failed.some(({ code }) => THROTTLING.has(code))) {
    return { type: 'throttled' };
  }
  const lost = lostClaims(failed);
  const raced = failed.some(({ action, code }) => action.does === 'put' || code === 'TransactionConflict');
  if (raced || lost.length > 0) {
    return { type: 'raced', lost, busy: failed.every(({ code }) => code === 'TransactionConflict') };
  }
  const change = failed.find(({ action }) => action.does === 'change kind');
  if (change) {
    return { type: 'referred to', referrers: Number(change.reason.Item?.['referrers']?.N ?? 1) };
  }
  return {
    type: 'refused',
    taken: failed.flatMap(({ action, reason }) =>
      action.does === 'claim' ? [{ claim: action.claim, holder: reason.Item?.['itemId']?.S }] : [],
    ),
    missing: failed.flatMap(({ action }) => (action.does === 'require' ? [action.reference] : [])),
  };
}

const EXPECTED = new Set(['ConditionalCheckFailed', 'TransactionConflict', ...THROTTLING]);

/** The Developer Guide calls its own arithmetic for numbers approximate, so DynamoDB has the last word. */
const isTooLarge = (error: Error, failed: readonly Failed[]): boolean =>
  [error.message, ...failed.map(({ reason }) => reason.Message)].some((text) =>
    text?.startsWith('Item size'),
  );

function readFailure(error: unknown, actions: readonly Action[]): Outcome {
  if (isThrottling(error)) {
    return { type: 'throttled' };
  }
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  const failed = failedActions(actions, reasons);
  if (error instanceof Error && isTooLarge(error, failed)) {
    return { type: 'too large' };
  }
  if (failed.length === 0 || !failed.every(({ code }) => EXPECTED.has(code))) {
    throw error;
  }
  return readReasons(failed);
}

/**
 * Carries out all actions or none.
 *
 * @throws DynamoDB's error for a request that is invalid or not allowed, which is a bug of ours
 */
export async function transact(actions: readonly Action[], client: DynamoDBDocumentClient): Promise<Outcome> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: actions.map(({ entry }) => entry) }));
    return { type: 'written' };
  } catch (error) {
    return readFailure(error, actions);
  }
}
