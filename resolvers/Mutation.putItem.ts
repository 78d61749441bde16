import type { Context } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../schema/generated/schema.ts';
import { beginBatch, liveItem, type Batch } from './shared/batch.ts';
import { isGiven } from './shared/input.ts';
import { beginWrite, raiseConflict, type WriteStash } from './shared/write.ts';

/**
 * Pipeline: put-item, and after a refusal read-item, recreate-item. A put with a token must be able to write its row in the
 * same transaction: it is a batch of one, read-batch and write-batch, up to three times while others write the same item.
 */
export function request(ctx: Context<MutationPutItemArgs>) {
  const { input } = ctx.args;
  const begun = beginWrite(ctx);
  if (isGiven(input.clientRequestToken)) {
    const stash = ctx.stash as WriteStash;
    stash.batched = true;
    beginBatch(ctx, stash.caller, [input], input.clientRequestToken, true);
  }
  return begun;
}

export function response(ctx: Context<MutationPutItemArgs>) {
  const batch = ctx.stash.batch as Batch | undefined;
  if (!batch) {
    return ctx.stash.answer;
  }
  if (!batch.written) {
    const stash = ctx.stash as WriteStash;
    stash.current = liveItem(batch, stash.id);
    raiseConflict(stash);
  }
  return batch.written?.[0];
}
