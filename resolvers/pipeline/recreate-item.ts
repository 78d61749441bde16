import { util, type Context, type DynamoDBPutItemRequest } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../../schema/generated/schema.ts';
import { isConditionFailure, raiseDataSourceError } from '../shared/data-source-error.ts';
import { isGiven } from '../shared/input.ts';
import { isLive, type StoredItem } from '../shared/stored-item.ts';
import {
  raiseConflict,
  refuseConflict,
  refuseForeign,
  refuseValidated,
  type WriteStash,
} from '../shared/write.ts';

/** Names the reason of a refused put; an item that has only expired is created anew, at version 1. */
export function request(ctx: Context<MutationPutItemArgs>): DynamoDBPutItemRequest {
  const stash = ctx.stash as WriteStash;
  const { id, payload, expiresAt } = ctx.args.input;
  refuseForeign(stash);
  refuseValidated(stash);
  refuseConflict(stash);
  if (isLive(stash.current)) {
    raiseConflict(stash);
  }
  const time = util.time.nowISO8601();
  const item: Record<string, unknown> = {
    payload: payload ?? null,
    version: 1,
    createdAt: time,
    updatedAt: time,
  };
  if (isGiven(expiresAt)) {
    item.expiresAt = expiresAt;
  }
  if (stash.caller.owner) {
    item.owner = stash.caller.owner;
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
  if (ctx.error && isConditionFailure(ctx.error)) {
    ctx.stash.current = ctx.result as StoredItem | null;
    refuseForeign(ctx.stash as WriteStash);
    raiseConflict(ctx.stash as WriteStash);
  }
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  return ctx.result;
}
