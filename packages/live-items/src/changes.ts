import { type ApiError } from './api-error.ts';
import type { BackOffOptions } from './back-off.ts';
import { ITEM_CHANGES } from './documents.ts';
import { graphqlRequest, type RequestOptions } from './graphql-request.ts';
import { retrying, sleep } from './retry.ts';
import type { ItemChangePage } from './types.ts';

/** The most that `itemChanges` returns at once. */
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
 * Whether everything available at the time of the request has been read. An empty page with more behind it is before a change
 * that is being written at that moment.
 */
export const isLastPage = ({ changes, hasMore }: ItemChangePage): boolean => !hasMore || changes.length === 0;

/** Whether a cursor was refused because it is too old or another caller's. */
export const isCursorRefused = ({ errors }: ApiError): boolean =>
  errors.some(({ errorInfo }) => errorInfo?.code === 'since_too_old' || errorInfo?.code === 'since_invalid');

export interface ItemChangesOptions extends RequestOptions {
  /** A stored cursor, or a duration back such as `PT5M`. Default: all changes of the last 7 days. */
  since?: string | null;
  /** Changes per page, 1 to 100. Default: 100. */
  limit?: number;
  /** How long to wait, in milliseconds, when there are no further changes; null: end there. Default: 5,000. */
  pollMs?: number | null;
  backOff?: BackOffOptions;
  /** Called with each failed attempt that will be retried. */
  onFailure?: (reason: ApiError) => void;
}

/** The cursor of a page without changes is worth storing, but not every few seconds. */
const QUIET_MS = 3_600_000;

/**
 * Yields every change after a cursor, and future ones: for a back end that stores `cursor` once it has processed `changes`, and
 * resumes there. A page may repeat if its cursor was not stored, so detect repeats by `id` and `order`. Without changes, an
 * empty page arrives once an hour, whose cursor should be stored too: cursors live 7 days.
 *
 * @throws ApiError when a retry cannot help; for a cursor that is too old, `code` is `since_too_old`
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
