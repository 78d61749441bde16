import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (ctx.args.function !== 'B') {
    runtime.earlyReturn(ctx.prev.result);
  }
  return JSON.parse(ctx.args.request);
}

export function response(ctx) {
  return JSON.stringify({ result: ctx.result, error: ctx.error });
}
