import { runtime, util, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../../schema/generated/schema.ts';
import { putAsBatch } from '../shared/batch.ts';
import { isBusy } from '../shared/data-source-error.ts';
import { isGiven } from '../shared/input.ts';
import { ownerChange } from '../shared/owner.ts';
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
  const { id, payload, expiresAt } = ctx.args.input;
  const change = ownerChange(ctx.args.input, stash.caller);
  const set = [
    '#payload = :payload',
    '#version = if_not_exists(#version, :zero) + :one',
    '#createdAt = if_not_exists(#createdAt, :time)',
    '#updatedAt = :time',
  ];
  const expressionNames: Record<string, string> = {
    '#payload': 'payload',
    '#version': 'version',
    '#createdAt': 'createdAt',
    '#updatedAt': 'updatedAt',
    '#expiresAt': 'expiresAt',
  };
  const values: Record<string, unknown> = {
    ':payload': payload ?? null,
    ':zero': 0,
    ':one': 1,
    ':time': storedNow(),
  };
  const remove: string[] = [];
  if (isGiven(expiresAt)) {
    set.push('#expiresAt = :expiresAt');
    values[':expiresAt'] = expiresAt;
  } else {
    remove.push('#expiresAt');
  }
  if (change.set.length + change.remove.length > 0) {
    expressionNames['#owner'] = 'owner';
  }
  const removed = [...remove, ...change.remove];
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id }),
    update: {
      expression: `SET ${[...set, ...change.set].join(', ')}${removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''}`,
      expressionNames,
      expressionValues: util.dynamodb.toMapValues({ ...values, ...change.values }),
    },
    condition: writeCondition(stash, true),
  };
}

/** DynamoDB refuses it at once while a transaction is under way on the item; the rounds of a batch read first, which gives that time to end. */
export function response(ctx: Context<MutationPutItemArgs>) {
  if (ctx.error && isBusy(ctx.error)) {
    return putAsBatch(ctx);
  }
  return endFirstWrite(ctx, { payload: ctx.args.input.payload });
}
