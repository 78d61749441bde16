import { runtime, util, type Context, type DynamoDBGetItemRequest } from '@aws-appsync/utils';
import { busy } from '../../model/refusals.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { raise } from '../shared/raise.ts';
import { whereTo, type WriteStash } from '../shared/write.ts';

/** After a refused write, reads the item as it is; an UpdateItem that fails its condition does not hand it back. */
export function request(ctx: Context): DynamoDBGetItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase === 'write') {
    raise(busy());
  }
  if (stash.phase !== 'read') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: stash.id }), consistentRead: true };
}

export function response(ctx: Context) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  ctx.stash.current = ctx.result;
  ctx.stash.phase = 'explain';
  return null;
}
