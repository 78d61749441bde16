import { extensions, util, type Context } from '@aws-appsync/utils';
import { callerOf, type Caller } from './caller.ts';
import { isGiven } from './input.ts';

type SubscribeArgs = { id?: string | null; kind?: string | null };
type Filter = Record<string, { eq: string } | { notContains: string }>;

/**
 * A subscriber hears of the items it may list: a Cognito user of its own, an API key of nobody's, IAM and admins of all.
 * The filter replaces AppSync's matching of arguments, so it repeats them. It sees what the mutation selected: a write that
 * does not select `owner` reaches no Cognito user, and API keys as if it were nobody's (docs/data-model.md, "Subscriptions").
 */
export function subscribe(ctx: Context<SubscribeArgs>): null {
  const filter: Filter = { ...ownerFilter(callerOf(ctx.identity)), ...argumentFilter(ctx.args) };
  if (Object.keys(filter).length > 0) {
    // A list of conditions made here would have operators of any text, which AppSync's type check refuses (ADR 25).
    extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter));
  }
  return null;
}

/** No operator asks for a missing field, but every text contains the empty one, so what does not is missing. */
function ownerFilter({ unrestricted, owner }: Caller): Filter {
  if (unrestricted) {
    return {};
  }
  return owner ? { owner: { eq: owner } } : { owner: { notContains: '' } };
}

/** An empty argument is one, too: no item meets it. */
function argumentFilter({ id, kind }: SubscribeArgs): Filter {
  return {
    ...(isGiven(id) ? { id: { eq: id } } : {}),
    ...(isGiven(kind) ? { kind: { eq: kind } } : {}),
  };
}
