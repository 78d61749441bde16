import { util, type Context, type DynamoDBDeleteItemRequest } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { firstWriteResult, writeCondition, type WriteStash } from '../shared/write.ts';

/** A missing item passes the condition, so that a repeated delete answers null. */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBDeleteItemRequest {
  const stash = ctx.stash as WriteStash;
  return {
    operation: 'DeleteItem',
    key: util.dynamodb.toMapValues({ id: stash.id }),
    condition: writeCondition(stash, true),
  };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  return firstWriteResult(ctx);
}
