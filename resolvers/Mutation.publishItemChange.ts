import type { Context, NONERequest } from '@aws-appsync/utils';
import type { MutationPublishItemChangeArgs } from '../schema/generated/schema.ts';

/**
 * Asks its data source for nothing, as AWS's own resolvers for subscriptions do (AppSync developer guide, "Enhanced subscription filtering"): a payload
 * would be copied out of the code and in again, once for each change.
 */
export function request(): NONERequest {
  return { payload: null };
}

/** A change is published as it was reported: subscribers get this, cut down to what the publisher selects, which is all. */
export function response(ctx: Context<MutationPublishItemChangeArgs>) {
  return ctx.args.input;
}
