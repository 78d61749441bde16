import { runtime, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { hasMember, isGiven } from '../../model/given.ts';
import { clientMembers } from '../../model/item.ts';
import type { MutationPutItemArgs, PutItemInput } from '../../schema/generated/schema.ts';
import { putAsBatch } from '../shared/batch.ts';
import { isBusy } from '../shared/data-source-error.ts';
import { type ItemUpdate, setOrRemove, setPayload, updateItemRequest } from '../shared/item-update.ts';
import { storedNow } from '../shared/stored-time.ts';
import { endFirstWrite, whereTo, writeCondition, type WriteStash } from '../shared/write.ts';

/**
 * One atomic UpdateItem rather than a PutItem: it counts the version and keeps `createdAt` and `owner`. A put with a
 * token is left to the steps that follow.
 */
export function request(ctx: Context<MutationPutItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'write') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const { input } = ctx.args;
  const update: ItemUpdate = {
    set: [
      '#version = if_not_exists(#version, :zero) + :one',
      '#createdAt = if_not_exists(#createdAt, :time)',
      '#updatedAt = :time',
    ],
    remove: [],
    names: { '#version': 'version', '#createdAt': 'createdAt', '#updatedAt': 'updatedAt' },
    values: { ':zero': 0, ':one': 1, ':time': storedNow() },
  };
  setPayload(update, input.payload);
  clientMembers()
    .filter((name) => name !== 'payload')
    .forEach((name) => setOrRemove(update, name, input[name]));
  changeOwner(update, input, stash.caller);
  return updateItemRequest(stash.id, update, writeCondition(stash, true));
}

/** What `nextItem` of the model says of the owner: an item that is there keeps its own unless another is named. */
function changeOwner(update: ItemUpdate, input: PutItemInput, { writesAll, owner }: Caller): void {
  if (writesAll && hasMember(input, 'owner')) {
    setOrRemove(update, 'owner', input.owner);
  } else if (isGiven(owner)) {
    update.names['#owner'] = 'owner';
    update.set.push('#owner = if_not_exists(#owner, :owner)');
    update.values[':owner'] = owner;
  }
}

/** DynamoDB refuses it at once while a transaction is under way on the item; the rounds of a batch read first, which gives that time to end. */
export function response(ctx: Context<MutationPutItemArgs>) {
  if (ctx.error && isBusy(ctx.error)) {
    return putAsBatch(ctx);
  }
  return endFirstWrite(ctx, { payload: ctx.args.input.payload });
}
