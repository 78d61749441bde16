import { totalOrder } from '../../../model/query/compare.ts';
import type { ItemFilter } from './item-inputs.ts';
import type { Item } from './item.ts';
import type { LiveItems } from './live-items.ts';
import type { LiveItemsChange } from './merge.ts';
import { candidateOf, itemPredicate, valueAt } from './query-filter.ts';
import { tell } from './tell.ts';

/** What to sort by: a member of the item, or a value in its payload. */
export type SortKey = (
  | { by: 'id' | 'version' | 'createdAt' | 'updatedAt' }
  | { by: 'kind' } // part: validated-items
  | {
      by: 'payload';
      /** As in a filter: `due`, `price.amountMinor`, `tags[0]`. */
      path: string;
    }
) & {
  /** Default: `ASC`. */
  direction?: 'ASC' | 'DESC';
};

export interface LiveQueryOptions {
  /** As the API's `listItems` takes it, and means it, with conditions on `id` besides. Default: all items of the view. */
  filter?: ItemFilter;
  /**
   * The first key counts, the next ones where it is the same, and at last the id. Values of different types stand in the order missing, null,
   * false, true, numbers, texts (by their UTF-8, as in DynamoDB), lists and objects. Default: by id.
   */
  sort?: readonly SortKey[];
  /** How many items to show at most. Default: all. */
  limit?: number;
}

/** The items of a view that match a filter, in order, always up to date. */
export interface LiveQuery {
  /** The same array until something in it changes, then a new one. */
  readonly items: readonly Item[];
  /** How many items match, also beyond `limit`. */
  readonly count: number;
  /** Calls back after each change of `items`. @returns a function that ends it */
  subscribe(listener: () => void): () => void;
  /** Ends it. `items` keeps its contents. */
  stop(): void;
}

type Compare = (one: Item, other: Item) => number;

/**
 * Filters and sorts the items of a view without asking the API. Each change costs a search in the sorted list, not a pass over all items.
 *
 * @throws ApiError for a filter that the API would refuse
 */
export function createLiveQuery(
  live: Pick<LiveItems, 'items' | 'subscribe'>,
  { filter = {}, sort = [], limit = Infinity }: LiveQueryOptions = {},
): LiveQuery {
  const sorted = new SortedItems(itemPredicate(filter), comparison(sort));
  sorted.apply([...live.items.values()].map((item) => ({ id: item.id, item })));
  const listeners = new Set<() => void>();
  let shown = sorted.first(limit);

  const unsubscribe = live.subscribe({
    onChange(changes) {
      sorted.apply(changes);
      const next = sorted.first(limit);
      if (next.length !== shown.length || next.some((item, at) => item !== shown[at])) {
        shown = next;
        listeners.forEach((listener) => tell(listener));
      }
    },
  });
  return {
    get items() {
      return shown;
    },
    get count() {
      return sorted.size;
    },
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    stop: unsubscribe,
  };
}

/** Matching items in order. */
class SortedItems {
  readonly #matches: (item: Item) => boolean;
  readonly #compare: Compare;
  readonly #byId = new Map<string, Item>();
  #sorted: Item[] = [];

  constructor(matches: (item: Item) => boolean, compare: Compare) {
    this.#matches = matches;
    this.#compare = compare;
  }

  get size(): number {
    return this.#sorted.length;
  }

  first(limit: number): readonly Item[] {
    return this.#sorted.slice(0, limit);
  }

  /** Many changes are sorted in one go, few are put in their places. */
  apply(changes: readonly Pick<LiveItemsChange, 'id' | 'item'>[]): void {
    const isMany = changes.length > Math.sqrt(this.#sorted.length) + 8;
    changes.forEach(({ id, item }) => {
      const previous = this.#byId.get(id);
      const next = item && this.#matches(item) ? item : null;
      if (previous) {
        this.#byId.delete(id);
      }
      if (next) {
        this.#byId.set(id, next);
      }
      if (!isMany) {
        this.#move(previous, next);
      }
    });
    if (isMany) {
      this.#sorted = [...this.#byId.values()].sort(this.#compare);
    }
  }

  #move(previous: Item | undefined, next: Item | null): void {
    if (previous) {
      this.#sorted.splice(this.#placeOf(previous), 1);
    }
    if (next) {
      this.#sorted.splice(this.#placeOf(next), 0, next);
    }
  }

  /** The index of the first item that does not come before this one. */
  #placeOf(item: Item): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#sorted[middle]!, item) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Compares the id at last, so that no two items have the same place. */
function comparison(sort: readonly SortKey[]): Compare {
  const keys: Compare[] = sort.map((key) => {
    const sign = key.direction === 'DESC' ? -1 : 1;
    const value = valueOf(key);
    return (one, other) => sign * totalOrder(value(one), value(other));
  });
  const compares = [...keys, (one: Item, other: Item) => totalOrder(one.id, other.id)];
  return (one, other) => {
    for (const compare of compares) {
      const difference = compare(one, other);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  };
}

/** What a key looks at. A member that is null is a missing one. */
function valueOf(key: SortKey): (item: Item) => unknown {
  if (key.by === 'payload') {
    const at = valueAt(key.path);
    return (item) => at(candidateOf(item).payload);
  }
  const { by } = key;
  return (item) => item[by] ?? undefined;
}
