import { runtime, util, type Context, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { foreignRefusal, versionRefusal } from '../shared/item-refusals.ts';
import { raise } from '../shared/refusal.ts';
import { isLive } from '../shared/stored-item.ts';
import { raiseConflict, type WriteStash } from '../shared/write.ts';

/** Names the reason of a refused delete; a validated item goes together with the unique values it holds. */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBTransactWriteItemsRequest {
  const stash = ctx.stash as WriteStash;
  const item = stash.current;
  if (!isLive(item)) {
    runtime.earlyReturn(null);
  }
  raise(
    foreignRefusal(stash.id, stash.caller, item) ?? versionRefusal(stash.id, stash.expectedVersion, item),
  );
  if (!item.kind) {
    raiseConflict(stash);
  }
  return {
    operation: 'TransactWriteItems',
    transactItems: [
      {
        table: ctx.env.ITEMS_TABLE,
        operation: 'DeleteItem',
        key: util.dynamodb.toMapValues({ id: item.id }),
        condition: {
          expression: '#version = :version',
          expressionNames: { '#version': 'version' },
          expressionValues: util.dynamodb.toMapValues({ ':version': item.version }),
          returnValuesOnConditionCheckFailure: false,
        },
      },
      ...(item.claims ?? []).map((claim) => ({
        table: ctx.env.CONSTRAINTS_TABLE,
        operation: 'DeleteItem' as const,
        key: util.dynamodb.toMapValues({ pk: claim }),
        condition: {
          expression: 'attribute_not_exists(#itemId) OR #itemId = :id',
          expressionNames: { '#itemId': 'itemId' },
          expressionValues: util.dynamodb.toMapValues({ ':id': item.id }),
          returnValuesOnConditionCheckFailure: false,
        },
      })),
    ],
  };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  if (ctx.error && ctx.error.type === 'DynamoDB:TransactionCanceledException') {
    raiseConflict(ctx.stash as WriteStash);
  }
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  return (ctx.stash as WriteStash).current;
}
