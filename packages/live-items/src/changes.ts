import type { BackOffOptions } from './back-off.ts';
import { ITEM_CHANGES } from './documents.ts';
import { type ApiError } from './failure.ts';
import { graphqlRequest, type RequestOptions } from './graphql-request.ts';
import { retrying, sleep } from './retry.ts';
import type { ItemChangePage } from './types.ts';

/** The most that `itemChanges` gives at once. */
export const PAGE_LIMIT = 100;

export async function readChanges(
  options: RequestOptions,
  since: string | null,
  limit = PAGE_LIMIT,
): Promise<ItemChangePage> {
  const operation = { query: ITEM_CHANGES, variables: { since, limit } };
  return (await graphqlRequest<{ itemChanges: ItemChangePage }>(options, operation)).itemChanges;
}

/**
 * Whether everything was read that could be had when the page was asked for. An empty page with more behind it is before a
 * change that is just being written.
 */
export const isLastPage = ({ changes, hasMore }: ItemChangePage): boolean => !hasMore || changes.length === 0;

/** Whether a cursor was refused: too old, or another caller's. */
export const isCursorRefused = ({ errors }: ApiError): boolean =>
  errors.some(
    ({ errorType, errorInfo }) =>
      errorType === 'BadRequest' && (errorInfo as { field?: string } | null | undefined)?.field === 'since',
  );

export interface ItemChangesOptions extends RequestOptions {
  /** A cursor that was kept, or a time back such as `PT5M`. Default: all changes of the last 7 days. */
  since?: string | null;
  /** Changes a page, 1 to 100. Default: 100. */
  limit?: number;
  /** How long to wait, in milliseconds, where there is nothing more by now; null: end there. Default: 5,000. */
  pollMs?: number | null;
  backOff?: BackOffOptions;
  /** Told of an attempt that failed and is followed by another one. */
  onFailure?: (reason: ApiError) => void;
}

/** A page without changes is worth keeping its cursor, but not every few seconds. */
const QUIET_MS = 3_600_000;

/**
 * Every change after a cursor, and on: for a back end that keeps `cursor` once it has dealt with `changes`, and begins there the
 * next time. A page may be repeated where the cursor was not kept, so tell a repeat by `id` and `order`. When nothing happens,
 * an empty page comes once an hour, whose cursor is to be kept too: cursors live 7 days.
 *
 * @throws ApiError what cannot be repeated away; of a cursor that is too old, `errors[0].errorInfo.field` is `since`
 */
export async function* itemChanges(options: ItemChangesOptions): AsyncGenerator<ItemChangePage, void> {
  const { signal, limit = PAGE_LIMIT, pollMs = 5_000 } = options;
  let since = options.since ?? null;
  let quietSince = Date.now();
  while (!signal?.aborted) {
    const from = since;
    const page = await retrying(() => readChanges(options, from, limit), options);
    since = page.cursor;
    if (page.changes.length > 0 || Date.now() - quietSince >= QUIET_MS) {
      quietSince = Date.now();
      yield page;
    }
    if (isLastPage(page)) {
      if (pollMs === null) {
        return;
      }
      await sleep(pollMs, signal);
    }
  }
}
