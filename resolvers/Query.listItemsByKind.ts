import type { Context } from '@aws-appsync/utils';
import { callerKey, type Caller } from '../model/caller.ts';
import { allOf } from '../model/expression.ts';
import { keyRefusal } from '../model/input.ts';
import { listedOwner } from '../model/permissions.ts';
import type { QueryListItemsByKindArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { itemFilter } from './shared/item-filter.ts';
import { beginPage, pageResult, type PageSource } from './shared/page.ts';
import { raise } from './shared/raise.ts';
import { indexQuery, readableFilter, unexpiredFilter } from './shared/readable-filter.ts';
import { measured } from './shared/text.ts';
import { timeRange, type TimeRange } from './shared/time-range.ts';

/** Pipeline: read-items-page, as often as a page may need: a Query in the order of `updatedAt`. */
export function request(ctx: Context<QueryListItemsByKindArgs>) {
  const { kind, sortDirection, filter } = ctx.args;
  raise(keyRefusal(measured(kind), 'kind', 'kind'));
  const caller = callerOf(ctx.identity);
  const direction = sortDirection ?? 'ASC';
  const times = timeRange(ctx.args.updatedAt, filter?.updatedAt);
  const source = { ...sourceFor(caller, kind, times), scanIndexForward: direction === 'ASC' };
  return beginPage(
    ctx,
    `listItemsByKind ${callerKey(caller)} ${kind} ${times.from} ${times.to} ${direction}`,
    source,
    itemFilter(filter, { kind, byTime: true }),
  );
}

/** A Cognito user's items of a kind are among its own in the owner index: what belongs to others is never read. */
function sourceFor(caller: Caller, kind: string, times: TimeRange): PageSource {
  const owner = listedOwner(caller);
  if (!owner) {
    return { index: 'byKind', query: indexQuery('kind', kind, times), filter: readableFilter(caller) };
  }
  const ofKind = { expression: '#kind = :kind', names: { '#kind': 'kind' }, values: { ':kind': kind } };
  const filter = allOf([unexpiredFilter(), ofKind]);
  return { index: 'byOwner', query: indexQuery('owner', owner, times), filter };
}

export function response(ctx: Context<QueryListItemsByKindArgs>) {
  return pageResult(ctx);
}
