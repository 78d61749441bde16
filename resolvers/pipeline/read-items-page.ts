import { runtime, type Context } from '@aws-appsync/utils';
import { raiseDataSourceError } from '../shared/data-source-error.ts';
import { invalidToken, type PageStash } from '../shared/page.ts';
import type { StoredItem } from '../shared/stored-item.ts';

/**
 * One read of a page; a listing has this step several times over. While the page is not full a step reads what is
 * missing; then a step looks whether anything follows, since DynamoDB hands out a token at the limit even when nothing
 * is left. What a step passes over matches no filter, so moving the token past it loses nothing.
 */
export function request(ctx: Context) {
  const stash = ctx.stash as PageStash;
  if (stash.done) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { index, query, scanIndexForward, filter } = stash.source;
  const missing = stash.limit - stash.items.length;
  const read = { limit: missing > 0 ? missing : 1, nextToken: stash.token, filter };
  return query
    ? { operation: 'Query', index, query, scanIndexForward: scanIndexForward ?? true, ...read }
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
  const found = ctx.result.items as StoredItem[];
  if (stash.items.length < stash.limit) {
    found.forEach((item) => {
      stash.items.push(item);
    });
    stash.token = ctx.result.nextToken;
  } else if (found.length === 0) {
    stash.token = ctx.result.nextToken;
  } else {
    stash.done = true;
  }
  stash.done = stash.done || stash.token === null;
  return null;
}
