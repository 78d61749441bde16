import { util, type Context, type DynamoDBGetItemRequest } from '@aws-appsync/utils';
import type { StoredItem } from '../model/item.ts';
import type { QueryGetItemArgs } from '../schema/generated/schema.ts';
import { readableItem } from './shared/caller.ts';
import { raiseDataSourceError } from './shared/data-source-error.ts';
import { checkId } from './shared/input.ts';

export function request(ctx: Context<QueryGetItemArgs>): DynamoDBGetItemRequest {
  checkId(ctx.args.id, 'id');
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }), consistentRead: true };
}

/** Null for a missing, an expired and somebody else's item alike. */
export function response(ctx: Context<QueryGetItemArgs>) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  return readableItem(ctx, ctx.result as StoredItem | null);
}
