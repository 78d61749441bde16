import type { Context, NONERequest } from '@aws-appsync/utils';
import type { MutationPublishItemChangeArgs } from '../schema/generated/schema.ts';

/** A change is told as it was reported: subscribers get what this answers, cut down to what the publisher selects, which is all. */
export function request(ctx: Context<MutationPublishItemChangeArgs>): NONERequest {
  return { payload: ctx.args.input };
}

export function response(ctx: Context<MutationPublishItemChangeArgs>) {
  return ctx.result;
}
