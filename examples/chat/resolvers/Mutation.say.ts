import { util, type AppSyncIdentityCognito, type Context } from '@aws-appsync/utils';

type Args = { room: string; text: string; urgency: number; topics?: string[] };

export function request(ctx: Context<Args>) {
  const { username } = ctx.identity as AppSyncIdentityCognito;
  return { payload: { ...ctx.args, author: username, sentAt: util.time.nowISO8601() } };
}

export const response = (ctx: Context<Args>) => ctx.result;
