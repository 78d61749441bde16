import type { Context, LambdaRequest } from '@aws-appsync/utils';
import type { MutationPutValidatedItemArgs } from '../schema/generated/schema.ts';
import { callerOf, readableItem } from './shared/caller.ts';
import { raiseWriteError } from './shared/data-source-error.ts';
import { memberRefusal } from './shared/input.ts';
import { raise } from './shared/raise.ts';

/** The rules of a kind are too heavy for a resolver: this is where the Lambda function earns its cold start. */
export function request(ctx: Context<MutationPutValidatedItemArgs>): LambdaRequest {
  const { input } = ctx.args;
  const caller = callerOf(ctx.identity);
  raise(memberRefusal(input, caller));
  return { operation: 'Invoke', payload: { operation: 'putValidatedItem', input, caller } };
}

/** The function answers refusals as data, because an error it threw would lose its `errorInfo`. */
export function response(ctx: Context<MutationPutValidatedItemArgs>) {
  if (ctx.error) {
    raiseWriteError(ctx.error);
  }
  const { item, error } = ctx.result;
  if (error) {
    const { errorType, message, errorInfo, data } = error;
    raise({ type: errorType, message, info: errorInfo, data: readableItem(ctx, data) });
  }
  return item;
}
