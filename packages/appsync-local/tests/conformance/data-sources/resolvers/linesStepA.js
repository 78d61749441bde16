import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (ctx.args.function !== 'A') {
    runtime.earlyReturn({});
  }
  return JSON.parse(ctx.args.request);
}

export function response(ctx) {
  return JSON.stringify({ result: ctx.result, error: ctx.error });
}
