import { extensions, type Context } from '@aws-appsync/utils';
import {
  changeFilterRefusal,
  changeFilters,
  ownerFilters,
  type SubscriptionFilter,
} from '../model/change-filter.ts';
import type { SubscriptionOnItemChangeArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { raise } from './shared/raise.ts';
import { checkTexts } from './shared/text.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: Context<SubscriptionOnItemChangeArgs>): null {
  const asked = changeFilters(ctx.args.filter ?? {});
  asked.forEach(({ fieldName, operator, value }) => checkTexts(value, `filter.${fieldName}.${operator}`));
  raise(changeFilterRefusal(asked));
  const filters = [...ownerFilters(callerOf(ctx.identity)), ...asked];
  if (filters.length > 0) {
    listen(filters);
  }
  return null;
}

/** A function of its own: to AppSync's type check the operators of a list that is made here would be any text (ADR 25). */
function listen(filters: SubscriptionFilter[]): void {
  extensions.setSubscriptionFilter({ filterGroup: [{ filters }] } as Parameters<
    typeof extensions.setSubscriptionFilter
  >[0]);
}
