import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (ctx.args.how === 'whole') {
    runtime.earlyReturn('skipped');
  }
  return {};
}

export function response(ctx) {
  return JSON.stringify({ prev: ctx.prev.result });
}
