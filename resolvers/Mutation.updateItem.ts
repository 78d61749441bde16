import type { Context } from '@aws-appsync/utils';
import { createOnlyRefusal, mergeRefusal } from '../model/merge-patch.ts';
import type { MutationUpdateItemArgs } from '../schema/generated/schema.ts';
import { raise } from './shared/raise.ts';
import { answerOf, beginWrite, type WriteStash } from './shared/write.ts';

/** Pipeline: merge-item, and after a refusal read-item, replace-payload; both writes up to three times while a transaction is under way on the item. */
export function request(ctx: Context<MutationUpdateItemArgs>) {
  const { payload, expectedVersion } = ctx.args.input;
  raise(mergeRefusal(payload) || createOnlyRefusal(expectedVersion));
  return beginWrite(ctx);
}

export function response(ctx: Context<MutationUpdateItemArgs>) {
  return answerOf(ctx.stash as WriteStash);
}
