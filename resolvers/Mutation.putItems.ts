import type { Context } from '@aws-appsync/utils';
import type { Caller } from '../model/caller.ts';
import { isGiven } from '../model/given.ts';
import { batchRefusal } from '../model/input.ts';
import { badRequest, type Refusal } from '../model/refusals.ts';
import type { MutationPutItemsArgs, PutItemInput } from '../schema/generated/schema.ts';
import { beginBatch, raiseBatch, raiseOvertaken, type Batch } from './shared/batch.ts';
import { callerOf } from './shared/caller.ts';
import { writeInputRefusal } from './shared/input.ts';
import { raise } from './shared/raise.ts';

/** Pipeline: read-batch and write-batch, up to five times while others write the same items. */
export function request(ctx: Context<MutationPutItemsArgs>) {
  const { items, clientRequestToken } = ctx.args.input;
  raise(batchRefusal(items.length));
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
    return badRequest('id_repeated', `id ${item.id} is in items more than once`, 'id');
  }
  if (isGiven(item.clientRequestToken)) {
    return badRequest(
      'request_token_misplaced',
      'put clientRequestToken beside items, not into one of them',
      'clientRequestToken',
    );
  }
  return writeInputRefusal(item, caller);
}

export function response(ctx: Context<MutationPutItemsArgs>) {
  const batch = ctx.stash.batch as Batch;
  if (!batch.written) {
    raiseOvertaken(batch);
  }
  return { items: batch.written };
}
