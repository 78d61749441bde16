import { runtime, util } from '@aws-appsync/utils';

export function request(ctx) {
  const note = ctx.prev.result;
  if (!note) {
    runtime.earlyReturn(null);
  }
  return { operation: 'Invoke', payload: { id: note.id } };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
