import type { Context } from '@aws-appsync/utils';
import { callerKey } from '../model/caller.ts';
import { isGiven } from '../model/given.ts';
import { listedOwner } from '../model/permissions.ts';
import { badRequest } from '../model/refusals.ts';
import type { QueryListItemsArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { itemFilter } from './shared/item-filter.ts';
import { beginPage, pageResult } from './shared/page.ts';
import { raise } from './shared/raise.ts';
import { indexQuery, readableFilter, unexpiredFilter } from './shared/readable-filter.ts';
import { timeRange } from './shared/time-range.ts';

/**
 * Pipeline: read-items-page, as often as a page may need. A Cognito user's items are a Query of its own partition of
 * the owner index; for everybody else listing all items is what it says, a Scan.
 */
export function request(ctx: Context<QueryListItemsArgs>) {
  const { filter, sortDirection } = ctx.args;
  const caller = callerOf(ctx.identity);
  const binding = `listItems ${callerKey(caller)}`;
  const owner = listedOwner(caller);
  if (!owner) {
    checkUnsorted(sortDirection);
    const source = { filter: readableFilter(caller) };
    return beginPage(ctx, binding, source, itemFilter(filter, { byTime: false }));
  }
  const direction = sortDirection ?? 'ASC';
  const times = timeRange(filter?.updatedAt);
  const source = {
    index: 'byOwner',
    query: indexQuery('owner', owner, times),
    scanIndexForward: direction === 'ASC',
    filter: unexpiredFilter(),
  };
  const boundTo = `${binding} ${times.from} ${times.to} ${direction}`;
  return beginPage(ctx, boundTo, source, itemFilter(filter, { byTime: true }));
}

/** Ends the field for an order that a Scan does not have. */
function checkUnsorted(sortDirection: QueryListItemsArgs['sortDirection']): void {
  if (isGiven(sortDirection)) {
    raise(
      badRequest(
        'sort_without_index',
        `sortDirection is ${sortDirection}, but only a user's own items are listed in an order; leave it out, or use a listing by an index`,
        'sortDirection',
      ),
    );
  }
}

export function response(ctx: Context<QueryListItemsArgs>) {
  return pageResult(ctx);
}
