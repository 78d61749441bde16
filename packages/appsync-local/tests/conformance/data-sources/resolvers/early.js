import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (ctx.args.how === 'request') {
    runtime.earlyReturn('early in request');
  }
  if (ctx.args.how === 'null') {
    runtime.earlyReturn(null);
  }
  if (ctx.args.how === 'nothing') {
    runtime.earlyReturn();
  }
  return { payload: 'asked' };
}

export function response(ctx) {
  if (ctx.args.how === 'response') {
    runtime.earlyReturn('early in response');
  }
  return `${ctx.result}, answered`;
}
