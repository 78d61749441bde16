import type { Context } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../schema/generated/schema.ts';
import { answerOf, beginWrite, type WriteStash } from './shared/write.ts';

/** Pipeline: delete-item, and after a refusal read-item and explain-delete; writes up to three times, as in updateItem. */
export function request(ctx: Context<MutationDeleteItemArgs>) {
  return beginWrite(ctx);
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  return answerOf(ctx.stash as WriteStash);
}
