import { extensions, type Context } from '@aws-appsync/utils';
import { callerOf, type Caller } from './caller.ts';
import { isGiven } from './input.ts';

type SubscribeArgs = { id?: string | null; kind?: string | null };
type Filter = { fieldName: string; operator: string; value: string };

/**
 * A subscriber hears of the items it may list: a Cognito user of its own, an API key of nobody's, IAM and admins of all.
 * The filter replaces AppSync's matching of arguments, so it repeats them. It sees what the mutation selected: a write that
 * does not select `owner` reaches no Cognito user, and API keys as if it were nobody's (docs/data-model.md, "Subscriptions").
 */
export function subscribe(ctx: Context<SubscribeArgs>): null {
  const filters = [...ownerFilters(callerOf(ctx.identity)), ...argumentFilters(ctx.args)];
  if (filters.length > 0) {
    extensions.setSubscriptionFilter({ filterGroup: [{ filters }] } as Parameters<
      typeof extensions.setSubscriptionFilter
    >[0]);
  }
  return null;
}

/** No operator asks for a missing field, but every text contains the empty one, so what does not is missing. */
function ownerFilters({ unrestricted, owner }: Caller): Filter[] {
  if (unrestricted) {
    return [];
  }
  return owner
    ? [{ fieldName: 'owner', operator: 'eq', value: owner }]
    : [{ fieldName: 'owner', operator: 'notContains', value: '' }];
}

/** An empty argument is one, too: no item meets it. */
function argumentFilters({ id, kind }: SubscribeArgs): Filter[] {
  const filters: Filter[] = [];
  if (isGiven(id)) {
    filters.push({ fieldName: 'id', operator: 'eq', value: id });
  }
  if (isGiven(kind)) {
    filters.push({ fieldName: 'kind', operator: 'eq', value: kind });
  }
  return filters;
}
