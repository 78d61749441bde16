import { extensions, type Context } from '@aws-appsync/utils';
import { callerOf } from './caller.ts';

type SubscribeArgs = { id?: string | null; kind?: string | null };

/**
 * A Cognito user hears of its own items only; the filter replaces AppSync's matching of arguments, so it repeats them.
 * Everybody else is left to that matching.
 */
export function subscribe(ctx: Context<SubscribeArgs>): null {
  const caller = callerOf(ctx.identity);
  if (caller.owner) {
    const filters = [{ fieldName: 'owner', operator: 'eq', value: caller.owner }];
    if (ctx.args.id) {
      filters.push({ fieldName: 'id', operator: 'eq', value: ctx.args.id });
    }
    if (ctx.args.kind) {
      filters.push({ fieldName: 'kind', operator: 'eq', value: ctx.args.kind });
    }
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] } as Parameters<
      typeof extensions.setSubscriptionFilter
    >[0]);
  }
  return null;
}
