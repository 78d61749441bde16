import { util } from '@aws-appsync/utils';

export function request(ctx) {
  return JSON.parse(ctx.args.request);
}

export function response(ctx) {
  if (ctx.error) {
    util.appendError(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
