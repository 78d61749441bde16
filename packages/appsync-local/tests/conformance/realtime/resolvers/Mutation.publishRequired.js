import { util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

/** No message is an error. */
export function response(ctx) {
  const message = ctx.args.message;
  if (!message) util.error('no message', 'BadRequest');
  return message;
}
