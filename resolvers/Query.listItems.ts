import { util, type Context } from '@aws-appsync/utils';
import type { QueryListItemsArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { beginPage, pageResult } from './shared/page.ts';
import { callerKey, readableFilter, unexpiredFilter } from './shared/readable-filter.ts';

/**
 * Pipeline: read-items-page, as often as a page may need. A Cognito user's items are a Query of its own partition of
 * the owner index; for everybody else listing all items is what it says, a Scan.
 */
export function request(ctx: Context<QueryListItemsArgs>) {
  const caller = callerOf(ctx.identity);
  const binding = `listItems ${callerKey(caller)}`;
  if (!caller.owner) {
    return beginPage(ctx, binding, { filter: readableFilter(caller) });
  }
  return beginPage(ctx, binding, {
    index: 'byOwner',
    query: {
      expression: '#owner = :owner',
      expressionNames: { '#owner': 'owner' },
      expressionValues: util.dynamodb.toMapValues({ ':owner': caller.owner }),
    },
    filter: unexpiredFilter(),
  });
}

export function response(ctx: Context<QueryListItemsArgs>) {
  return pageResult(ctx);
}
