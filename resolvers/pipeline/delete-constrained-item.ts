import { runtime, util, type Context, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { foreignRefusal, referredRefusal, versionRefusal } from '../shared/item-refusals.ts';
import { raise } from '../shared/refusal.ts';
import { isLive, type StoredItem } from '../shared/stored-item.ts';
import { unchanged } from '../shared/unchanged.ts';
import { raiseConflict, type WriteStash } from '../shared/write.ts';

/** Where the transaction looks who refers to the item, if anybody ever did. */
const REFERRERS = 1;

/**
 * Names the reason of a refused delete. A validated item goes together with the unique values it holds and its counts
 * at the items it refers to; an item goes only while none refers to it.
 */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBTransactWriteItemsRequest {
  const stash = ctx.stash as WriteStash;
  const item = stash.current;
  if (!isLive(item)) {
    runtime.earlyReturn({});
  }
  raise(foreignRefusal(stash.id, stash.caller, item));
  raise(versionRefusal(stash.id, stash.expectedVersion, item));
  if (!item.kind && !item.referenced) {
    raiseConflict(stash);
  }
  const table = ctx.env.CONSTRAINTS_TABLE;
  return {
    operation: 'TransactWriteItems',
    transactItems: [
      deleteRead(ctx.env.ITEMS_TABLE, item),
      ...(item.referenced ? [deleteReferrers(table, item)] : []),
      ...(item.claims ?? []).map((claim) => deleteClaim(table, claim, item)),
      ...(item.references ?? []).map((id) => countDown(table, id)),
    ],
  };
}

function deleteRead(table: string, item: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ id: item.id }),
    condition: unchanged(item),
  };
}

function deleteReferrers(table: string, { id }: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ pk: `referrers#${id}` }),
    condition: {
      expression: 'attribute_not_exists(#pk) OR #referrers <= :none',
      expressionNames: { '#pk': 'pk', '#referrers': 'referrers' },
      expressionValues: util.dynamodb.toMapValues({ ':none': 0 }),
      returnValuesOnConditionCheckFailure: true,
    },
  };
}

function deleteClaim(table: string, claim: string, { id }: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ pk: claim }),
    condition: {
      expression: 'attribute_not_exists(#itemId) OR #itemId = :id',
      expressionNames: { '#itemId': 'itemId' },
      expressionValues: util.dynamodb.toMapValues({ ':id': id }),
      returnValuesOnConditionCheckFailure: false,
    },
  };
}

function countDown(table: string, id: string) {
  return {
    table,
    operation: 'UpdateItem' as const,
    key: util.dynamodb.toMapValues({ pk: `referrers#${id}` }),
    update: {
      expression: 'ADD #referrers :by',
      expressionNames: { '#referrers': 'referrers' },
      expressionValues: util.dynamodb.toMapValues({ ':by': -1 }),
    },
  };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  const stash = ctx.stash as WriteStash;
  if (ctx.error && ctx.error.type === 'DynamoDB:TransactionCanceledException') {
    const referrers = ctx.result?.cancellationReasons?.[REFERRERS];
    if (stash.current?.referenced && referrers?.type === 'ConditionCheckFailed') {
      raise(referredRefusal(stash.id, stash.expectedVersion, stash.current, referrers.item?.referrers ?? 1));
    }
    raiseConflict(stash);
  }
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  stash.answer = stash.current;
  return null;
}
