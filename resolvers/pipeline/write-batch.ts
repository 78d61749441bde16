import { runtime, type Context, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { nextItem } from '../../model/next-item.ts';
import type { Refusal } from '../../model/refusals.ts';
import { batchItemRefusal, putAction, raiseBatch, readRow, type Batch } from '../shared/batch.ts';
import { checkReasons, hasFailed, reasonsOf } from '../shared/cancellation.ts';
import {
  dataSourceRefusal,
  isTooLarge,
  raiseWriteError,
  type DataSourceError,
} from '../shared/data-source-error.ts';
import { rememberToken } from '../shared/request-token.ts';
import { moment } from '../shared/stored-time.ts';
import { jsonBytes } from '../shared/text.ts';

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
  const at = moment();
  batch.planned = batch.items.map((item) => nextItem(item, batch.caller, readRow(batch, item.id), at));
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
    raiseWriteError(ctx.error);
  }
  const reasons = reasonsOf(ctx);
  raiseBatch(
    batch,
    reasons.map((reason, index) => dataSourceRefusal(reason, { payload: batch.items[index]?.payload })),
  );
  checkReasons(reasons);
  batch.busy = !reasons.some(hasFailed);
  batch.unread = batch.items.map(({ id }) => id);
  return null;
}

/** Says so of the largest item, for DynamoDB does not say which one it means. */
function tooLarge({ items }: Batch, error: DataSourceError): (Refusal | null)[] {
  const sizes = items.map(({ payload }) => jsonBytes(payload ?? null));
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return items.map(({ payload }, index) =>
    sizes[index] === largest ? dataSourceRefusal(error, { payload }) : null,
  );
}
