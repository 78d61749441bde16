import { runtime, util, type Context, type DynamoDBGetItemRequest } from '@aws-appsync/utils';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import type { WriteStash } from '../shared/write.ts';

/** After a refused write, reads the item as it is; an UpdateItem that fails its condition does not hand it back. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.batched) {
    runtime.earlyReturn({});
  }
  if (!stash.refused) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: stash.id }), consistentRead: true };
}

export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  ctx.stash.current = ctx.result;
  return null;
}
