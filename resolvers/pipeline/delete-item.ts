import { runtime, util, type Context, type DynamoDBDeleteItemRequest } from '@aws-appsync/utils';
import { allOf } from '../../model/expression.ts';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { marshalled } from '../shared/expression.ts';
import { endFirstWrite, whereTo, writeCondition, type WriteStash } from '../shared/write.ts';

// part: validated-items
const UNREFERENCED = {
  expression: 'attribute_not_exists(#referenced)',
  names: { '#referenced': 'referenced' },
  values: {},
};
// end: validated-items

/**
 * A missing item passes the condition, so that a repeated delete answers null. What the condition keeps is left to later steps.
 */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBDeleteItemRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'write') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  return {
    operation: 'DeleteItem',
    key: util.dynamodb.toMapValues({ id: stash.id }),
    condition: marshalled(
      allOf([
        writeCondition(stash, true),
        UNREFERENCED, // part: validated-items
      ]),
    ),
  };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  return endFirstWrite(ctx);
}
