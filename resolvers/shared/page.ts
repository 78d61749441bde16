import { util, type Context } from '@aws-appsync/utils';
import { badRequest, pageLimit } from './input.ts';
import type { StoredItem } from './stored-item.ts';

/** What a page is read from, in the words of a Query or Scan request. */
export type PageSource = {
  /** A Query of this index, or a Scan of the table when absent. */
  index?: string;
  query?: Expression;
  scanIndexForward?: boolean;
  filter: Expression;
};

export type Expression = {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Record<string, unknown>;
};

/** `ctx.stash` of a listing pipeline. */
export type PageStash = {
  source: PageSource;
  limit: number;
  items: StoredItem[];
  /** The data source's token of where to read on; null at the end. */
  token: string | null;
  /** The page is full and it is known whether anything follows, or the data has ended. */
  done: boolean;
  /** What tokens of this listing are bound to. */
  binding: string;
};

type PageArgs = { limit?: number | null; nextToken?: string | null };

/** Fills the stash of a listing pipeline from its arguments. */
export function beginPage(
  ctx: Context<PageArgs>,
  binding: string,
  source: PageSource,
): Record<string, never> {
  ctx.stash.limit = pageLimit(ctx.args.limit);
  ctx.stash.token = openToken(ctx.args.nextToken, binding);
  ctx.stash.binding = binding;
  ctx.stash.source = source;
  ctx.stash.items = [];
  ctx.stash.done = false;
  return {};
}

export function pageResult(ctx: Context): { items: StoredItem[]; nextToken: string | null } {
  const stash = ctx.stash as PageStash;
  return { items: stash.items, nextToken: sealToken(stash.token, stash.binding) };
}

/**
 * A token as clients see it names the listing and the caller it was made for; the data source's own token inside is
 * encrypted by AppSync.
 */
export function sealToken(token: string | null, binding: string): string | null {
  return token === null ? null : util.base64Encode(JSON.stringify({ binding, token }));
}

/** The data source's token inside a client's. Ends the field when it was made for another listing or caller. */
export function openToken(sealed: string | null | undefined, binding: string): string | null {
  if (!sealed) {
    return null;
  }
  const text = util.matches('^[A-Za-z0-9+/]+={0,2}$', sealed) ? util.base64Decode(sealed) : '';
  const opened = text.startsWith('{') ? (JSON.parse(text) as { binding?: string; token?: string }) : null;
  if (!opened || opened.binding !== binding || !opened.token) {
    invalidToken();
  }
  return opened?.token ?? null;
}

export function invalidToken(): void {
  badRequest('nextToken was not made by this query for this caller; start again without it', 'nextToken');
}
