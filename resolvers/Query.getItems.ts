import { runtime, util, type Context, type DynamoDBBatchGetItemRequest } from '@aws-appsync/utils';
import type { QueryGetItemsArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { raiseDataSourceError, raiseThrottled } from './shared/data-source-error.ts';
import { badRequest, checkId } from './shared/input.ts';
import { isLive, mayRead, type StoredItem } from './shared/stored-item.ts';

/** DynamoDB reads at most 100 keys in one BatchGetItem. */
const MAX_IDS = 100;

export function request(ctx: Context<QueryGetItemsArgs>): DynamoDBBatchGetItemRequest {
  const { ids } = ctx.args;
  if (ids.length > MAX_IDS) {
    badRequest(`ids has ${ids.length} entries; at most ${MAX_IDS} are allowed`, 'ids');
  }
  if (ids.length === 0) {
    runtime.earlyReturn([]);
  }
  // The prefix keeps ids such as `__proto__` from meaning something to JavaScript.
  const keys: Record<string, { id: string }> = {};
  ids.forEach((id) => {
    checkId(id, 'ids');
    keys[`id ${id}`] = { id };
  });
  return {
    operation: 'BatchGetItem',
    tables: {
      [ctx.env.ITEMS_TABLE]: {
        keys: Object.values(keys).map((key) => util.dynamodb.toMapValues(key)),
        consistentRead: true,
      },
    },
  };
}

/** In the order of the ids, a repeated id repeated. */
export function response(ctx: Context<QueryGetItemsArgs>) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  if ((ctx.result.unprocessedKeys[ctx.env.ITEMS_TABLE] ?? []).length > 0) {
    raiseThrottled();
  }
  const caller = callerOf(ctx.identity);
  const readable: Record<string, StoredItem> = {};
  ctx.result.data[ctx.env.ITEMS_TABLE].forEach((item: StoredItem | null) => {
    if (isLive(item) && mayRead(caller, item)) {
      readable[`id ${item.id}`] = item;
    }
  });
  return ctx.args.ids.map((id) => readable[`id ${id}`] ?? null);
}
