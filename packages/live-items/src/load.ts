import { asApiError } from './api-error.ts';
import { GET_ITEMS, LIST_ITEMS } from './documents.ts';
import { graphqlRequest, type RequestOptions } from './graphql-request.ts';
import type { Item } from './item.ts';
import type { LiveItemsFilter } from './types.ts';

/** The most that `getItems` and `listItems` return at once. */
const PAGE_LIMIT = 100;

/** In the order of the ids, at most 100 of them; null where there is none. Items too large for one answer are asked for in several. */
export async function getItems(options: RequestOptions, ids: readonly string[]): Promise<(Item | null)[]> {
  const operation = { query: GET_ITEMS, variables: { ids } };
  try {
    return (await graphqlRequest<{ getItems: (Item | null)[] }>(options, operation)).getItems;
  } catch (error) {
    const fits = fittingOf(error);
    if (fits === null || fits < 1 || fits >= ids.length) {
      throw error;
    }
    const first = await getItems(options, ids.slice(0, fits));
    return [...first, ...(await getItems(options, ids.slice(fits)))];
  }
}

/** How many of the ids fit in one response, if not all do. */
function fittingOf(error: unknown): number | null {
  const [first] = asApiError(error).errors;
  const { code, fits } = first?.errorInfo ?? {};
  return code === 'answer_too_large' && typeof fits === 'number' ? fits : null;
}

/** Repeats a request as often as needed. */
type Attempt = <Answer>(ask: (request: RequestOptions) => Promise<Answer>) => Promise<Answer>;

interface ItemPage {
  items: Item[];
  nextToken: string | null;
}

/** The items that a filter may want, and more where `listItems` has no such filter: by id and not by equality. */
export async function* itemPages(filter: LiveItemsFilter, attempt: Attempt): AsyncGenerator<Item[], void> {
  const ids = filter.id?.eq != null ? [filter.id.eq] : filter.id?.in;
  if (ids && ids.length <= PAGE_LIMIT) {
    const found = await attempt((request) => getItems(request, [...new Set(ids)]));
    return yield found.filter((item) => item !== null);
  }
  let nextToken: string | null = null;
  do {
    const variables: object = {
      filter: filter.kind && { kind: filter.kind }, // part: validated-items
      limit: PAGE_LIMIT,
      nextToken,
    };
    const { listItems }: { listItems: ItemPage } = await attempt((request) =>
      graphqlRequest(request, { query: LIST_ITEMS, variables }),
    );
    yield listItems.items;
    nextToken = listItems.nextToken;
  } while (nextToken !== null);
}
