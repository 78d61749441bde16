import { util } from '@aws-appsync/utils';

export function request() {
  return { payload: null };
}

export function response(ctx) {
  return util.error(ctx.args.message, ctx.args.type, ctx.args.data, ctx.args.info);
}
