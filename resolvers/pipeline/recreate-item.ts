import { runtime, util, type Context, type DynamoDBPutItemRequest } from '@aws-appsync/utils';
import { isLive, replaceable } from '../../model/expiry.ts';
import type { StoredItem } from '../../model/item.ts';
import { nextItem } from '../../model/next-item.ts';
import type { MutationPutItemArgs } from '../../schema/generated/schema.ts';
import { putAsBatch } from '../shared/batch.ts';
import { isBusy, isConditionFailure, raiseWriteError } from '../shared/data-source-error.ts';
import { marshalled } from '../shared/expression.ts';
import { raise } from '../shared/raise.ts';
import { moment } from '../shared/stored-time.ts';
import { explained, finish, seenRefusal, whereTo, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused put; an item that has only expired is created anew, at version 1. */
export function request(ctx: Context<MutationPutItemArgs>): DynamoDBPutItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'explain') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  raise(seenRefusal(stash));
  const at = moment();
  if (isLive(stash.current, at.now)) {
    raise(explained(stash));
  }
  const { id, ...attributes } = nextItem(ctx.args.input, stash.caller, stash.current, at);
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ id }),
    attributeValues: util.dynamodb.toMapValues(attributes),
    condition: marshalled(replaceable(at.now)),
  };
}

export function response(ctx: Context<MutationPutItemArgs>) {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, ctx.result as StoredItem);
  }
  if (isBusy(ctx.error)) {
    return putAsBatch(ctx);
  }
  if (isConditionFailure(ctx.error)) {
    stash.current = ctx.result as StoredItem | null;
    raise(explained(stash));
  }
  raiseWriteError(ctx.error, { payload: ctx.args.input.payload });
  return null;
}
