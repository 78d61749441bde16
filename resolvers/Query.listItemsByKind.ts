import { util, type Context } from '@aws-appsync/utils';
import type { QueryListItemsByKindArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { badRequest } from './shared/input.ts';
import { beginPage, pageResult } from './shared/page.ts';
import { callerKey, readableFilter } from './shared/readable-filter.ts';
import { timeRange } from './shared/time-range.ts';

/** Pipeline: read-items-page, as often as a page may need: a Query of one kind's partition, in the order of `updatedAt`. */
export function request(ctx: Context<QueryListItemsByKindArgs>) {
  const { kind, sortDirection } = ctx.args;
  if (kind.trim() === '') {
    badRequest('kind is required', 'kind');
  }
  const caller = callerOf(ctx.identity);
  const direction = sortDirection ?? 'ASC';
  const { from, to } = timeRange(ctx.args.updatedAt);
  return beginPage(ctx, `listItemsByKind ${callerKey(caller)} ${kind} ${from} ${to} ${direction}`, {
    index: 'byKind',
    query: {
      expression: '#kind = :kind AND #updatedAt BETWEEN :from AND :to',
      expressionNames: { '#kind': 'kind', '#updatedAt': 'updatedAt' },
      expressionValues: util.dynamodb.toMapValues({ ':kind': kind, ':from': from, ':to': to }),
    },
    scanIndexForward: direction === 'ASC',
    filter: readableFilter(caller),
  });
}

export function response(ctx: Context<QueryListItemsByKindArgs>) {
  return pageResult(ctx);
}
