import { extensions, util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(ctx.args.filter));
  return null;
}
