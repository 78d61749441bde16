import type { Context } from '@aws-appsync/utils';
import type { MutationDeleteItemArgs } from '../schema/generated/schema.ts';
import { beginWrite } from './shared/write.ts';

/** Pipeline: delete-item, and after a refusal read-item, delete-constrained-item. */
export function request(ctx: Context<MutationDeleteItemArgs>) {
  return beginWrite(ctx);
}

export function response(ctx: Context<MutationDeleteItemArgs>) {
  return ctx.stash.answer;
}
