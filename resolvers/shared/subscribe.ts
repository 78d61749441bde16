import { extensions, util, type Context } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { isGiven } from '../../model/given.ts';
import { whose } from '../../model/permissions.ts';
import { refusal } from '../../model/refusals.ts';
import { callerOf } from './caller.ts';
import { raise } from './raise.ts';
import { checkTexts } from './text.ts';

type SubscribeArgs = {
  id?: string | null;
  kind?: string | null; // part: validated-items
};
type Filter = Record<string, { eq: string }>;

/**
 * A Cognito user hears of its own items, IAM callers and admins of all. The owner must be matched, not merely be absent: a filter sees
 * what the mutation selected, and whoever writes decides that. So a write that does not select `owner` reaches no user, and API keys, for
 * which nothing could be matched, have none of the three (docs/data-model.md, "Subscriptions"). The filter replaces AppSync's matching
 * of arguments, so it repeats them.
 */
export function subscribe(ctx: Context<SubscribeArgs>): null {
  const filter: Filter = { ...ownerFilter(callerOf(ctx.identity)), ...argumentFilter(ctx.args) };
  if (Object.keys(filter).length > 0) {
    // A list of conditions made here would have operators of any text, which AppSync's type check refuses (ADR 25).
    extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter(filter));
  }
  return null;
}

/** Ends the field for a caller that owns nothing and may not read everything, whatever the schema lets in. */
function ownerFilter(caller: Caller): Filter {
  const { everybodys, owner } = whose(caller, 'list');
  if (everybodys) {
    return {};
  }
  if (!isGiven(owner)) {
    raise(
      refusal(
        'Unauthorized',
        'subscription_not_allowed',
        'a caller that owns no items cannot follow a mutation; call as a user, an admin or with IAM',
        null,
      ),
    );
  }
  return { owner: { eq: owner as string } };
}

/** An empty argument is one, too: no item meets it. */
function argumentFilter(args: SubscribeArgs): Filter {
  const { id } = args;
  const { kind } = args; // part: validated-items
  checkTexts(id, 'id');
  checkTexts(kind, 'kind'); // part: validated-items
  return {
    ...(isGiven(id) ? { id: { eq: id } } : {}),
    ...(isGiven(kind) ? { kind: { eq: kind } } : {}), // part: validated-items
  };
}
