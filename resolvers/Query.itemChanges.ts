import type { Context } from '@aws-appsync/utils';
import type { QueryItemChangesArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { beginChanges, changesResult } from './shared/change-page.ts';

/** Pipeline: read-changes for each log that the caller reads, eight at most. */
export function request(ctx: Context<QueryItemChangesArgs>) {
  return beginChanges(ctx, callerOf(ctx.identity));
}

export function response(ctx: Context<QueryItemChangesArgs>) {
  return changesResult(ctx);
}
