import { runtime, util, type Context, type DynamoDBDeleteItemRequest } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { endFirstWrite, whereTo, writeCondition, type WriteStash } from '../shared/write.ts';

/**
 * A missing item passes the condition, so that a repeated delete answers null. Validated items and those that others
 * refer to are left to a later step.
 */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBDeleteItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'write') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  const condition = writeCondition(stash, true);
  condition.expression += ' AND attribute_not_exists(#referenced)';
  condition.expressionNames['#referenced'] = 'referenced';
  return { operation: 'DeleteItem', key: util.dynamodb.toMapValues({ id: stash.id }), condition };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  return endFirstWrite(ctx);
}
