import { util } from '@aws-appsync/utils';

export function request() {
  return { payload: null };
}

export function response(ctx) {
  util.appendError(ctx.args.message, 'First');
  util.appendError('again', 'Second');
  return { text: 'kept' };
}
