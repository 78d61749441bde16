import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { MutationPutValidatedItemArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { raiseDataSourceError } from './shared/data-source-error.ts';
import { checkExpectedVersion, checkId, expiryRefusal } from './shared/input.ts';
import { ownerRefusal } from './shared/owner.ts';
import { raise } from './shared/refusal.ts';
import { readableBy } from './shared/stored-item.ts';

/** The rules of a kind are too heavy for a resolver: this is where the Lambda function earns its cold start. */
export function request(ctx: Context<MutationPutValidatedItemArgs>): LambdaRequest {
  const { input } = ctx.args;
  checkId(input.id, 'id');
  checkExpectedVersion(input.expectedVersion);
  const caller = callerOf(ctx.identity);
  raise(ownerRefusal(input.owner, caller));
  raise(expiryRefusal(input.expiresAt));
  return { operation: 'Invoke', payload: { operation: 'putValidatedItem', input, caller } };
}

/** The function answers refusals as data, because an error it threw would lose its `errorInfo`. */
export function response(ctx: Context<MutationPutValidatedItemArgs>) {
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const { item, error } = ctx.result;
  if (error) {
    const { errorType, message, errorInfo, data } = error;
    raise({ errorType, message, errorInfo, data: readableBy(callerOf(ctx.identity), data) });
  }
  return item;
}
