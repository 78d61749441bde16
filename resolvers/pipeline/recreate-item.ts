import { runtime, util, type Context, type DynamoDBPutItemRequest } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../../schema/generated/schema.ts';
import { putAsBatch } from '../shared/batch.ts';
import { isBusy, isConditionFailure, raiseDataSourceError } from '../shared/data-source-error.ts';
import { isGiven } from '../shared/input.ts';
import { ownerOf } from '../shared/owner.ts';
import { raise } from '../shared/refusal.ts';
import { isLive, type StoredItem } from '../shared/stored-item.ts';
import { storedNow } from '../shared/stored-time.ts';
import { explained, finish, whereTo, writeRefusal, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused put; an item that has only expired is created anew, at version 1. */
export function request(ctx: Context<MutationPutItemArgs>): DynamoDBPutItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'explain') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const { id, payload, expiresAt } = ctx.args.input;
  raise(writeRefusal(stash));
  if (isLive(stash.current)) {
    raise(explained(stash));
  }
  const time = storedNow();
  const item: Record<string, unknown> = {
    payload: payload ?? null,
    version: 1,
    createdAt: time,
    updatedAt: time,
  };
  if (isGiven(expiresAt)) {
    item.expiresAt = expiresAt;
  }
  if (stash.current?.referenced) {
    item.referenced = true;
  }
  const owner = ownerOf(ctx.args.input, stash.caller, null);
  if (owner) {
    item.owner = owner;
  }
  return {
    operation: 'PutItem',
    key: util.dynamodb.toMapValues({ id }),
    attributeValues: util.dynamodb.toMapValues(item),
    condition: {
      expression: 'attribute_not_exists(#id) OR #expiresAt <= :now',
      expressionNames: { '#id': 'id', '#expiresAt': 'expiresAt' },
      expressionValues: util.dynamodb.toMapValues({ ':now': util.time.nowEpochSeconds() }),
    },
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
  raiseDataSourceError(ctx.error, { payload: ctx.args.input.payload });
  return null;
}
