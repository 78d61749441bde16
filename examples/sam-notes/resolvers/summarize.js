import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const note = ctx.prev.result;
  if (!note) {
    util.error(`There is no note ${ctx.args.id}`, 'NotFound');
  }
  return { operation: 'Invoke', payload: { id: note.id } };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
