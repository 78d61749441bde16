import type { Context } from '@aws-appsync/utils';
import type { SubscriptionOnPutItemArgs } from '../schema/generated/schema.ts';
import { subscribe } from './shared/subscribe.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: Context<SubscriptionOnPutItemArgs>) {
  return subscribe(ctx);
}
