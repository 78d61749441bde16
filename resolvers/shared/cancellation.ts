import type { Context } from '@aws-appsync/utils';
import { throttled } from '../../model/refusals.ts';
import { isThrottling, raiseInternalError } from './data-source-error.ts';
import { raise } from './raise.ts';

/** What came of one action of a transaction that was cancelled. */
export type Reason = {
  type: string;
  message: string;
  /** The row as it is, where the action asks for it. */
  item?: Record<string, unknown> | null;
};

const CONDITION_FAILED = 'ConditionCheckFailed';
/** Reasons that say: fine, or somebody else came before. */
const EXPECTED = ['None', CONDITION_FAILED, 'TransactionConflict'];

export function hasFailed(reason: Reason | undefined): boolean {
  return reason?.type === CONDITION_FAILED;
}

/** The reasons in the order of the actions. */
export function reasonsOf(ctx: Context): Reason[] {
  return (ctx.result?.cancellationReasons ?? []) as Reason[];
}

/** Ends the field for reasons that are neither failed conditions nor other transactions. */
export function checkReasons(reasons: Reason[]): void {
  if (reasons.some(({ type }) => isThrottling(type))) {
    raise(throttled());
  }
  if (!reasons.every(({ type }) => EXPECTED.indexOf(type) >= 0)) {
    raiseInternalError({ reasons });
  }
}
