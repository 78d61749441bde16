import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const n = ctx.source ? ctx.source.n : ctx.args.n;
  const operation = ctx.info.fieldName === 'single' ? 'Invoke' : 'BatchInvoke';
  const payload = { n, what: ctx.info.fieldName };
  return ctx.info.fieldName === 'event'
    ? { operation, payload, invocationType: 'Event' }
    : { operation, payload };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  if (ctx.result && ctx.result.errorMessage) {
    util.error(ctx.result.errorMessage, ctx.result.errorType);
  }
  return ctx.info.fieldName === 'event' ? JSON.stringify(ctx.result) : ctx.result;
}
