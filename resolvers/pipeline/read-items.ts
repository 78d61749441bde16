import { runtime, util, type Context, type DynamoDBBatchGetItemRequest } from '@aws-appsync/utils';
import type { StoredItem } from '../../model/item.ts';
import { countFitting } from '../shared/answer-size.ts';
import { readableItem } from '../shared/caller.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import type { ItemsStash } from '../shared/items-by-id.ts';

/** Reads items by their ids; one answer of DynamoDB holds 16 MB, and what did not fit is read in the next round. */
export function request(ctx: Context): DynamoDBBatchGetItemRequest {
  const { unread, tooLarge } = ctx.stash as ItemsStash;
  if (unread.length === 0 || tooLarge) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  return {
    operation: 'BatchGetItem',
    tables: {
      [ctx.env.ITEMS_TABLE]: {
        keys: unread.map((id) => util.dynamodb.toMapValues({ id })),
        consistentRead: true,
      },
    },
  };
}

/** Keeps what the caller may read: of the rest not even its size may show. */
export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const stash = ctx.stash as ItemsStash;
  ctx.result.data[ctx.env.ITEMS_TABLE].forEach((item: StoredItem | null) => {
    const readable = readableItem(ctx, item);
    if (readable) {
      stash.readable[`id ${readable.id}`] = readable;
    }
  });
  const left = (ctx.result.unprocessedKeys[ctx.env.ITEMS_TABLE] ?? []) as { id: string }[];
  stash.unread = left.map(({ id }) => id);
  if (left.length > 0) {
    const found = Object.values(stash.readable);
    stash.tooLarge = countFitting(found) < found.length;
  }
  return {};
}
