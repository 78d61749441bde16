import type { Context } from '@aws-appsync/utils';
import { callerKey } from '../model/caller.ts';
import { listedOwner } from '../model/permissions.ts';
import type { QueryListItemsArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { itemFilter } from './shared/item-filter.ts';
import { beginPage, pageResult } from './shared/page.ts';
import { indexQuery, readableFilter, unexpiredFilter } from './shared/readable-filter.ts';
import { timeRange } from './shared/time-range.ts';

/**
 * Pipeline: read-items-page, as often as a page may need. A Cognito user's items are a Query of its own partition of
 * the owner index; for everybody else listing all items is what it says, a Scan.
 */
export function request(ctx: Context<QueryListItemsArgs>) {
  const { filter } = ctx.args;
  const caller = callerOf(ctx.identity);
  const binding = `listItems ${callerKey(caller)}`;
  const owner = listedOwner(caller);
  if (!owner) {
    const source = { filter: readableFilter(caller) };
    return beginPage(ctx, binding, source, itemFilter(filter, { kind: null, byTime: false }));
  }
  const times = timeRange(filter?.updatedAt);
  const source = {
    index: 'byOwner',
    query: indexQuery('owner', owner, times),
    filter: unexpiredFilter(),
  };
  const boundTo = `${binding} ${times.from} ${times.to}`;
  return beginPage(ctx, boundTo, source, itemFilter(filter, { kind: null, byTime: true }));
}

export function response(ctx: Context<QueryListItemsArgs>) {
  return pageResult(ctx);
}
