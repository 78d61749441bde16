import { runtime, type Context, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { batchItemRefusal, plannedItem, putAction, raiseBatch, type Batch } from '../shared/batch.ts';
import {
  dataSourceRefusal,
  isThrottling,
  isTooLarge,
  raiseDataSourceError,
  raiseInternalError,
  raiseThrottled,
} from '../shared/data-source-error.ts';
import { jsonBytes } from '../shared/input.ts';
import type { Refusal } from '../shared/refusal.ts';
import { rememberToken } from '../shared/request-token.ts';
import { storedNow } from '../shared/stored-time.ts';

type Reason = { type: string; message: string };

/** Reasons that say: fine, or somebody else came before. */
const EXPECTED = ['None', 'ConditionCheckFailed', 'TransactionConflict'];

/** Writes all items over what was read, or none. */
export function request(ctx: Context): DynamoDBTransactWriteItemsRequest {
  const batch = ctx.stash.batch as Batch;
  if (batch.written) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  if (batch.unread.length > 0) {
    runtime.earlyReturn({});
  }
  raiseBatch(
    batch,
    batch.items.map((item) => batchItemRefusal(batch, item)),
  );
  const time = storedNow();
  batch.planned = batch.items.map((item) => plannedItem(batch, item, time));
  const puts = batch.planned.map((item) => putAction(batch, ctx.env.ITEMS_TABLE, item));
  return {
    operation: 'TransactWriteItems',
    transactItems: batch.token
      ? [...puts, rememberToken(ctx.env.CONSTRAINTS_TABLE, batch.token, batch.planned)]
      : puts,
  };
}

/** After a row that somebody else wrote meanwhile the next round reads anew and decides again. */
export function response(ctx: Context) {
  const batch = ctx.stash.batch as Batch;
  if (!ctx.error) {
    batch.written = batch.planned;
    return null;
  }
  if (ctx.error.type !== 'DynamoDB:TransactionCanceledException') {
    if (isTooLarge(ctx.error.message)) {
      raiseBatch(batch, tooLarge(batch, ctx.error));
    }
    raiseDataSourceError(ctx.error);
  }
  const reasons = (ctx.result?.cancellationReasons ?? []) as Reason[];
  if (reasons.some(({ type }) => isThrottling(type))) {
    raiseThrottled();
  }
  const refusals = reasons.map((reason, index) =>
    dataSourceRefusal(reason, { payload: batch.items[index]?.payload }),
  );
  raiseBatch(batch, refusals);
  if (!reasons.every(({ type }) => EXPECTED.indexOf(type) >= 0)) {
    raiseInternalError({ reasons });
  }
  batch.unread = batch.items.map(({ id }) => id);
  return null;
}

/** Says so of the largest item, for DynamoDB does not say which one it means. */
function tooLarge({ items }: Batch, error: Reason): (Refusal | null)[] {
  const sizes = items.map(({ payload }) => jsonBytes(payload ?? null));
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return items.map(({ payload }, index) =>
    sizes[index] === largest ? dataSourceRefusal(error, { payload }) : null,
  );
}
