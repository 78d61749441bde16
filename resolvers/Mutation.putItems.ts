import type { Context } from '@aws-appsync/utils';
import type { MutationPutItemsArgs, PutItemInput } from '../schema/generated/schema.ts';
import { beginBatch, raiseBatch, raiseOvertaken, type Batch } from './shared/batch.ts';
import { callerOf, type Caller } from './shared/caller.ts';
import { badRequest, expectedVersionRefusal, expiryRefusal, idRefusal, isGiven } from './shared/input.ts';
import { ownerRefusal } from './shared/owner.ts';
import { refusal, type Refusal } from './shared/refusal.ts';
import { payloadRefusal } from './shared/storable.ts';

/** A transaction has at most 100 actions, of which one is for the token. */
const MAX_ITEMS = 99;

/** Pipeline: read-batch and write-batch, up to five times while others write the same items. */
export function request(ctx: Context<MutationPutItemsArgs>) {
  const { items, clientRequestToken } = ctx.args.input;
  if (items.length < 1 || items.length > MAX_ITEMS) {
    badRequest(`items has ${items.length} entries; it must have 1 to ${MAX_ITEMS}`, 'items');
  }
  const caller = callerOf(ctx.identity);
  beginBatch(ctx, caller, items, clientRequestToken, false);
  const seen: Record<string, boolean> = {};
  raiseBatch(
    ctx.stash.batch as Batch,
    items.map((item) => {
      const repeated = seen[`id ${item.id}`] === true;
      seen[`id ${item.id}`] = true;
      return inputRefusal(item, caller, repeated);
    }),
  );
  return {};
}

function inputRefusal(item: PutItemInput, caller: Caller, repeated: boolean): Refusal | null {
  if (repeated) {
    return refusal('BadRequest', `id ${item.id} is in items more than once`, { field: 'id' });
  }
  if (isGiven(item.clientRequestToken)) {
    return refusal('BadRequest', 'clientRequestToken belongs beside items, not into one of them', {
      field: 'clientRequestToken',
    });
  }
  return (
    idRefusal(item.id, 'id') ||
    expectedVersionRefusal(item.expectedVersion) ||
    ownerRefusal(item.owner, caller) ||
    expiryRefusal(item.expiresAt) ||
    payloadRefusal(item.payload)
  );
}

export function response(ctx: Context<MutationPutItemsArgs>) {
  const batch = ctx.stash.batch as Batch;
  if (!batch.written) {
    raiseOvertaken(batch);
  }
  return { items: batch.written };
}
