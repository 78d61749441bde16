import { extensions, util, type AppSyncIdentityCognito, type Context } from '@aws-appsync/utils';

type Args = { room: string; minUrgency?: number; topic?: string };

export const request = () => ({});

/** What others say in a room, in so far as it is urgent enough and about the topic. */
export function response(ctx: Context<Args>) {
  const { room, minUrgency, topic } = ctx.args;
  const { username } = ctx.identity as AppSyncIdentityCognito;
  const filter = {
    room: { eq: room },
    author: { ne: username },
    ...(minUrgency ? { urgency: { ge: minUrgency } } : {}),
    ...(topic ? { topics: { contains: topic } } : {}),
  };
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter as never));
  extensions.setSubscriptionInvalidationFilter(
    util.transform.toSubscriptionFilter({ room: { eq: room } } as never),
  );
  return null;
}
