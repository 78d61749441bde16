import { runtime, type Context } from '@aws-appsync/utils';
import type { StoredItem } from '../../model/item.ts';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { marshalled } from '../shared/expression.ts';
import { invalidToken, readSize, takeIn, type PageStash } from '../shared/page.ts';
import { checkOperands } from '../shared/storable.ts';

/**
 * One read of a page; a listing has this step several times over. While the page is not full a step reads what is
 * missing; then a step looks whether anything follows, since DynamoDB hands out a token at the limit even when nothing
 * is left. What a step passes over meets no filter, so moving the token past it loses nothing.
 */
export function request(ctx: Context) {
  const stash = ctx.stash as PageStash;
  if (stash.done) {
    runtime.earlyReturn({}, { skipTo: 'END' });
  }
  const { index, query, scanIndexForward, filter } = stash.source;
  if (stash.scanned === 0) {
    checkOperands(filter);
  }
  const read = { limit: readSize(stash), nextToken: stash.token, filter: marshalled(filter) };
  return query
    ? {
        operation: 'Query',
        index,
        query: marshalled(query),
        scanIndexForward: scanIndexForward ?? true,
        ...read,
      }
    : { operation: 'Scan', ...read };
}

export function response(ctx: Context) {
  const stash = ctx.stash as PageStash;
  if (ctx.error && ctx.error.type === 'DynamoDB:UserIllegalArgumentException') {
    invalidToken();
  }
  if (ctx.error) {
    raiseDataSourceError(ctx.error);
  }
  const { items, scannedCount, nextToken } = ctx.result;
  takeIn(stash, items as StoredItem[], scannedCount, nextToken ?? null, readSize(stash));
  return null;
}
