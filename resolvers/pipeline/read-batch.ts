import { runtime, util, type Context, type DynamoDBBatchGetItemRequest } from '@aws-appsync/utils';
import type { StoredItem } from '../../model/item.ts';
import type { Batch } from '../shared/batch.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { writtenBefore, type TokenRow } from '../shared/request-token.ts';

/** Reads the items of a batch as they are, and the row of its token: at most 99 and one, the hundred of a BatchGetItem. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const batch = ctx.stash.batch as Batch | undefined;
  if (!batch || batch.written) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  const { token, unread } = batch as Batch;
  const tables: DynamoDBBatchGetItemRequest['tables'] = {
    [ctx.env.ITEMS_TABLE]: {
      keys: unread.map((id) => util.dynamodb.toMapValues({ id })),
      consistentRead: true,
    },
  };
  if (token) {
    tables[ctx.env.CONSTRAINTS_TABLE] = {
      keys: [util.dynamodb.toMapValues({ pk: token.pk })],
      consistentRead: true,
    };
  }
  return { operation: 'BatchGetItem', tables };
}

/** One answer holds 16 MB; what did not fit is read in the next round. */
export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const batch = ctx.stash.batch as Batch;
  const { data, unprocessedKeys } = ctx.result;
  if (batch.token) {
    const [row] = data[ctx.env.CONSTRAINTS_TABLE] as (TokenRow | null)[];
    batch.written = writtenBefore(row, batch.token, batch.items);
  }
  const left = (unprocessedKeys[ctx.env.ITEMS_TABLE] ?? []) as { id: string }[];
  const isLeft: Record<string, boolean> = {};
  left.forEach(({ id }) => {
    isLeft[`id ${id}`] = true;
  });
  const items = data[ctx.env.ITEMS_TABLE] as (StoredItem | null)[];
  batch.unread.forEach((id, index) => {
    if (!isLeft[`id ${id}`]) {
      batch.current[`id ${id}`] = items[index] ?? null;
    }
  });
  batch.unread = left.map(({ id }) => id);
  return null;
}
