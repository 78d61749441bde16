import { extensions, type Context } from '@aws-appsync/utils';

export const request = (ctx: Context<{ room: string }>) => ({ payload: ctx.args });

export function response(ctx: Context<{ room: string }>) {
  extensions.invalidateSubscriptions({
    subscriptionField: 'heard',
    payload: { room: ctx.args.room },
  });
  return ctx.result;
}
