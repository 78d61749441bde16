import type { Context } from '@aws-appsync/utils';
import type { MutationPutItemArgs } from '../schema/generated/schema.ts';
import { beginWrite } from './shared/write.ts';

/** Pipeline: put-item, and after a refusal read-item, recreate-item. */
export function request(ctx: Context<MutationPutItemArgs>) {
  return beginWrite(ctx);
}

export function response(ctx: Context<MutationPutItemArgs>) {
  return ctx.prev.result;
}
