import { runtime, util, type Context, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import { countReferrers, referrersKey, releasable, unreferenced } from '../../model/constraints.ts';
import { isLive } from '../../model/expiry.ts';
import type { StoredItem } from '../../model/item.ts';
import { conflict, referredRefusal, writeRefusal } from '../../model/refusals.ts';
import type { MutationDeleteItemArgs } from '../../schema/generated/schema.ts';
import { checkReasons, hasFailed, reasonsOf, type Reason } from '../shared/cancellation.ts';
import { raiseWriteError } from '../shared/data-source-error.ts';
import { marshalled, stillRead, transactCondition } from '../shared/expression.ts';
import { raise } from '../shared/raise.ts';
import { attemptOf, finish, whereTo, type WriteStash } from '../shared/write.ts';

/**
 * A validated item goes together with the unique values it holds and its counts at the items it refers to; an item goes only while none
 * refers to it.
 */
export function request(ctx: Context<MutationDeleteItemArgs>): DynamoDBTransactWriteItemsRequest {
  const stash = ctx.stash as WriteStash;
  if (stash.phase !== 'explain') {
    runtime.earlyReturn({}, { skipTo: whereTo(stash) });
  }
  return { operation: 'TransactWriteItems', transactItems: actions(ctx, stash.current as StoredItem) };
}

/** In this order: the item, who refers to it if anybody ever did, its unique values, and its counts at others. */
function actions({ env }: Context, item: StoredItem) {
  return [
    deleteRead(env.ITEMS_TABLE, item),
    ...(item.referenced ? [deleteReferrers(env.CONSTRAINTS_TABLE, item)] : []),
    ...(item.claims ?? []).map((claim) => deleteClaim(env.CONSTRAINTS_TABLE, claim, item)),
    ...(item.references ?? []).map((id) => countDown(env.CONSTRAINTS_TABLE, id)),
  ];
}

function deleteRead(table: string, item: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ id: item.id }),
    condition: stillRead(item, true),
  };
}

function deleteReferrers(table: string, { id }: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ pk: referrersKey(id) }),
    condition: transactCondition(unreferenced(0), true),
  };
}

function deleteClaim(table: string, claim: string, { id }: StoredItem) {
  return {
    table,
    operation: 'DeleteItem' as const,
    key: util.dynamodb.toMapValues({ pk: claim }),
    condition: transactCondition(releasable(id), false),
  };
}

function countDown(table: string, id: string) {
  return {
    table,
    operation: 'UpdateItem' as const,
    key: util.dynamodb.toMapValues({ pk: referrersKey(id) }),
    update: marshalled(countReferrers(-1)),
  };
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  const stash = ctx.stash as WriteStash;
  if (!ctx.error) {
    return finish(stash, stash.current);
  }
  if (ctx.error.type !== 'DynamoDB:TransactionCanceledException') {
    raiseWriteError(ctx.error);
  }
  const reasons = reasonsOf(ctx);
  checkReasons(reasons);
  return takeIn(stash, stash.current as StoredItem, reasons);
}

/** The item was read anew where it has changed. What only met another transaction is left to the next step, which tries again. */
function takeIn(stash: WriteStash, item: StoredItem, [row, ...others]: Reason[]): null {
  if (hasFailed(row)) {
    stash.current = (row.item ?? null) as StoredItem | null;
    if (!isLive(stash.current, util.time.nowEpochSeconds())) {
      return finish(stash, null);
    }
    raise(writeRefusal(attemptOf(stash)) || conflict(attemptOf(stash)));
  }
  const [referrers] = others;
  if (item.referenced && hasFailed(referrers)) {
    const count = (referrers.item?.referrers as number | undefined) ?? 1;
    raise(referredRefusal(attemptOf(stash), count));
  }
  stash.current = { ...item, claims: heldClaims(item, others) };
  return null;
}

/** Without the values that another item has taken by now: there is nothing to free. */
function heldClaims({ claims, referenced }: StoredItem, reasons: Reason[]): string[] {
  const first = referenced ? 1 : 0;
  return (claims ?? []).filter((_, index) => !hasFailed(reasons[first + index]));
}
