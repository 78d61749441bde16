import { util, type Context, type DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../../schema/generated/schema.ts';
import { isGiven } from '../shared/input.ts';
import { firstWriteResult, writeCondition, type WriteStash } from '../shared/write.ts';

/** One atomic UpdateItem rather than a PutItem: it counts the version and keeps `createdAt` and `owner`. */
export function request(ctx: Context<MutationPutItemArgs>): DynamoDBUpdateItemRequest {
  const stash = ctx.stash as WriteStash;
  const { id, payload, expiresAt } = ctx.args.input;
  const { owner } = stash.caller;
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
    ':time': util.time.nowISO8601(),
  };
  if (isGiven(expiresAt)) {
    set.push('#expiresAt = :expiresAt');
    values[':expiresAt'] = expiresAt;
  }
  if (owner) {
    set.push('#owner = if_not_exists(#owner, :owner)');
    expressionNames['#owner'] = 'owner';
    values[':owner'] = owner;
  }
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id }),
    update: {
      expression: `SET ${set.join(', ')}${isGiven(expiresAt) ? '' : ' REMOVE #expiresAt'}`,
      expressionNames,
      expressionValues: util.dynamodb.toMapValues(values),
    },
    condition: writeCondition(stash, true),
  };
}

export function response(ctx: Context<MutationPutItemArgs>) {
  return firstWriteResult(ctx);
}
