import { extensions } from '@aws-appsync/utils';

export const request = () => ({ payload: null });

export function response(ctx) {
  for (const filter of ctx.args.filters) extensions.setSubscriptionFilter(filter);
  return null;
}
