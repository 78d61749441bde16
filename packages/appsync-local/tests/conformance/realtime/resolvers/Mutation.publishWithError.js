import { util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  util.appendError('not quite', 'Partly');
  return ctx.args.message;
}
