import { runtime, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import { isBusy, isConditionFailure, raiseDataSourceError } from '../shared/data-source-error.ts';
import { beginUpdate, updateItemRequest } from '../shared/item-update.ts';
import { isMergePatch, mergedIntoNothing } from '../shared/merge-patch.ts';
import { raise, refusal, type Refusal } from '../shared/refusal.ts';
import { isLive, type StoredItem } from '../shared/stored-item.ts';
import { explained, finish, whereTo, writeRefusal, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused update; a payload that is no object, which no path can reach into, is replaced. */
export function request(ctx: Context<MutationUpdateItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'explain') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const { payload } = ctx.args.input;
  raise(missingRefusal(stash));
  raise(writeRefusal(stash));
  if (!isMergePatch(payload) || isMergePatch(stash.current?.payload)) {
    raise(explained(stash));
  }
  const update = beginUpdate(ctx.args.input, stash);
  update.payloadType = { clause: 'NOT attribute_type(#payload, :map)' };
  update.names['#payload'] = 'payload';
  update.set.push('#payload = :payload');
  update.values[':payload'] = mergedIntoNothing(payload as Record<string, unknown>);
  return updateItemRequest(update, stash);
}

function missingRefusal({ id, current }: WriteStash): Refusal | null {
  return isLive(current) ? null : refusal('NotFound', `there is no item ${id} to update`, null);
}

/** Between the two writes the item may have gone, or have become somebody else's: what is told is decided anew. */
export function response(ctx: Context<MutationUpdateItemArgs>) {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, ctx.result as StoredItem);
  }
  if (isConditionFailure(ctx.error)) {
    stash.current = ctx.result as StoredItem | null;
    raise(missingRefusal(stash) || explained(stash));
  }
  if (!isBusy(ctx.error)) {
    raiseDataSourceError(ctx.error);
  }
  return null;
}
