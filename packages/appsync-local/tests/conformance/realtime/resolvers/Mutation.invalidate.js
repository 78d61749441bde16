import { extensions } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  for (const call of ctx.args.calls) extensions.invalidateSubscriptions(call);
  return true;
}
