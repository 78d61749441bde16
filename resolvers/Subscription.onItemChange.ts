import { extensions, type Context } from '@aws-appsync/utils';
import type { SubscriptionOnItemChangeArgs } from '../schema/generated/schema.ts';
import { callerOf, type Caller } from './shared/caller.ts';
import { changeFilters, type SubscriptionFilter } from './shared/change-filter.ts';

export function request() {
  return { payload: null };
}

/** A subscriber hears of the items it may list: a Cognito user of its own, an API key of nobody's, IAM and admins of all. */
export function response(ctx: Context<SubscriptionOnItemChangeArgs>): null {
  const filters = [...ownerFilters(callerOf(ctx.identity)), ...changeFilters(ctx.args.filter)];
  if (filters.length > 0) {
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] } as Parameters<
      typeof extensions.setSubscriptionFilter
    >[0]);
  }
  return null;
}

/** The owner of a change is empty where there is none, because no operator asks for a missing field. */
function ownerFilters({ unrestricted, owner }: Caller): SubscriptionFilter[] {
  return unrestricted ? [] : [{ fieldName: 'owner', operator: 'eq', value: owner ?? '' }];
}
