import { util, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import { isConditionFailure, raiseDataSourceError } from '../shared/data-source-error.ts';
import { beginUpdate, updateItemRequest } from '../shared/item-update.ts';
import { isMergePatch, mergedIntoNothing } from '../shared/merge-patch.ts';
import { raise } from '../shared/refusal.ts';
import { isLive, type StoredItem } from '../shared/stored-item.ts';
import { raiseConflict, writeRefusal, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused update; a payload that is no object, which no path can reach into, is replaced. */
export function request(ctx: Context<MutationUpdateItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  const { payload } = ctx.args.input;
  if (!isLive(stash.current)) {
    util.error(`there is no item ${stash.id} to update`, 'NotFound');
  }
  raise(writeRefusal(stash));
  if (!isMergePatch(payload) || isMergePatch(stash.current.payload)) {
    raiseConflict(stash);
  }
  const update = beginUpdate(ctx.args.input, stash);
  update.payloadType = { clause: 'NOT attribute_type(#payload, :map)' };
  update.names['#payload'] = 'payload';
  update.set.push('#payload = :payload');
  update.values[':payload'] = mergedIntoNothing(payload as Record<string, unknown>);
  return updateItemRequest(update, stash);
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  if (ctx.error && isConditionFailure(ctx.error)) {
    ctx.stash.current = ctx.result as StoredItem | null;
    raiseConflict(ctx.stash as WriteStash);
  }
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  ctx.stash.answer = ctx.result;
  return null;
}
