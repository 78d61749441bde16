import type { Context } from '@aws-appsync/utils';
import { isGiven } from '../model/given.ts';
import type { MutationPutItemArgs } from '../schema/generated/schema.ts';
import { putAsBatch, raiseOvertaken, type Batch } from './shared/batch.ts';
import { answerOf, beginWrite, type WriteStash } from './shared/write.ts';

/**
 * Pipeline: put-item, and after a refusal read-item, recreate-item. A put with a token must be able to write its row in the
 * same transaction: it is a batch of one, read-batch and write-batch, up to three times while others write the same item. So is a put that
 * has met a transaction.
 */
export function request(ctx: Context<MutationPutItemArgs>) {
  const begun = beginWrite(ctx);
  if (isGiven(ctx.args.input.clientRequestToken)) {
    putAsBatch(ctx);
  }
  return begun;
}

export function response(ctx: Context<MutationPutItemArgs>) {
  const batch = ctx.stash.batch as Batch | undefined;
  if (!batch) {
    return answerOf(ctx.stash as WriteStash);
  }
  if (!batch.written) {
    raiseOvertaken(batch);
  }
  return batch.written?.[0];
}
