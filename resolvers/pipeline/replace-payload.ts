import { runtime, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { StoredItem } from '../../model/item.ts';
import { isMergePatch, mergedIntoNothing } from '../../model/merge-patch.ts';
import { missingRefusal } from '../../model/refusals.ts';
import type { MutationUpdateItemArgs } from '../../schema/generated/schema.ts';
import { isBusy, isConditionFailure, raiseWriteError } from '../shared/data-source-error.ts';
import {
  beginUpdate,
  payloadIsMap,
  setPayload,
  updateCondition,
  updateItemRequest,
} from '../shared/item-update.ts';
import { raise } from '../shared/raise.ts';
import { attemptOf, explained, finish, seenRefusal, whereTo, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused update; a payload that is no object, which no path can reach into, is replaced. */
export function request(ctx: Context<MutationUpdateItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'explain') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const { payload } = ctx.args.input;
  raise(missingRefusal(attemptOf(stash)));
  raise(seenRefusal(stash));
  if (!isMergePatch(payload) || isMergePatch(stash.current?.payload)) {
    raise(explained(stash));
  }
  const update = beginUpdate(ctx.args.input, stash);
  setPayload(update, mergedIntoNothing(payload as Record<string, unknown>));
  return updateItemRequest(stash.id, update, updateCondition(stash, [payloadIsMap(false)]));
}

/** Between the two writes the item may have gone, or have become somebody else's: what is told is decided anew. */
export function response(ctx: Context<MutationUpdateItemArgs>) {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, ctx.result as StoredItem);
  }
  if (isConditionFailure(ctx.error)) {
    stash.current = ctx.result as StoredItem | null;
    raise(missingRefusal(attemptOf(stash)) || explained(stash));
  }
  if (!isBusy(ctx.error)) {
    raiseWriteError(ctx.error);
  }
  return null;
}
