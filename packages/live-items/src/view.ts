import { alarm } from './alarm.ts';
import { asApiError } from './api-error.ts';
import { isCursorRefused, isLastPage } from './changes.ts';
import type { Item } from './item.ts';
import { matches } from './matches.ts';
import { createMerge, type LiveItemsChange, type Merge } from './merge.ts';
import type { Reads } from './reads.ts';
import type { ItemChange, LiveItemsFilter } from './types.ts';

/** Longer than the publisher's stream and an index may lag; changes that are read twice are dropped. */
const BEFORE_START = 'PT5M';

/** `empty` until everything has been read once; then everything up to `cursor` has been read from the log of changes. */
type ViewState = { is: 'empty' } | { is: 'loaded'; merge: Merge; cursor: string };

/** The items, and the position up to which the log of changes was read for them. One call of `catchUp` or `apply` at a time. */
export class View {
  readonly items = new Map<string, Item>();
  readonly #reads: Reads;
  readonly #filter: LiveItemsFilter;
  readonly #onChange: (changes: readonly LiveItemsChange[]) => void;
  #state: ViewState = { is: 'empty' };
  readonly #expiry = alarm(() => this.#expire());

  constructor(
    reads: Reads,
    filter: LiveItemsFilter,
    onChange: (changes: readonly LiveItemsChange[]) => void,
  ) {
    this.#reads = reads;
    this.#filter = filter;
    this.#onChange = onChange;
  }

  get isLoaded(): boolean {
    return this.#state.is === 'loaded';
  }

  /** The position from which the log is read next; empty before the first read. */
  get cursor(): string {
    return this.#state.is === 'loaded' ? this.#state.cursor : '';
  }

  /** Whether the view lacks a change that the filter selects. */
  isNews(change: ItemChange): boolean {
    return this.#state.is === 'loaded' && matches(this.#filter, change) && this.#state.merge.isNew(change);
  }

  /** Moves the cursor, unless another call has moved it. */
  advance(from: string, to: string): void {
    if (this.#state.is === 'loaded' && this.#state.cursor === from) {
      this.#state.cursor = to;
    }
  }

  /** Reads the new changes in the log, or everything when nothing was read yet or the cursor is too old. */
  async catchUp(): Promise<void> {
    if (this.#state.is === 'empty') {
      return this.#load();
    }
    try {
      await this.#readLog(this.#state);
    } catch (error) {
      if (!isCursorRefused(asApiError(error))) {
        throw error;
      }
      await this.#load();
    }
  }

  /** Applies received changes. Before the view is loaded it drops them: the log has them. */
  async apply(changes: readonly ItemChange[]): Promise<void> {
    if (this.#state.is === 'loaded') {
      this.#emit(await this.#merged(this.#state.merge, changes));
    }
  }

  /** Stops the expiry of items. */
  stop(): void {
    this.#expiry.at(Infinity);
  }

  /** Reads the log's last minutes first, so that a change during the reading of the items is in one or the other. */
  async #load(): Promise<void> {
    const { merge, moveIn } = this.#emptyMerge();
    let page = await this.#reads.changes(BEFORE_START);
    for await (const some of this.#reads.items()) {
      merge.addRead(some);
    }
    await this.#merged(merge, page.changes);
    while (!isLastPage(page)) {
      page = await this.#reads.changes(page.cursor);
      await this.#merged(merge, page.changes);
    }
    this.#state = { is: 'loaded', merge, cursor: page.cursor };
    this.#emit(moveIn());
  }

  #emptyMerge(): { merge: Merge; moveIn: () => LiveItemsChange[] } {
    const merge = createMerge({ wanted: (item) => matches(this.#filter, item), now: Date.now });
    return { merge, moveIn: () => merge.moveInto(this.items) };
  }

  async #readLog(state: ViewState & { is: 'loaded' }): Promise<void> {
    for (let last = false; !last;) {
      const page = await this.#reads.changes(state.cursor);
      this.#emit(await this.#merged(state.merge, page.changes));
      state.cursor = page.cursor;
      last = isLastPage(page);
    }
  }

  async #merged(into: Merge, changes: readonly ItemChange[]): Promise<LiveItemsChange[]> {
    const incomplete = changes.filter((change) => change.payloadOmitted && change.item && into.isNew(change));
    const read = await this.#reads.itemsOf(incomplete);
    return changes
      .map((change) => into.apply(change, read.get(change.order)))
      .filter((applied) => applied !== null);
  }

  #expire(): void {
    if (this.#state.is === 'loaded') {
      this.#emit(this.#state.merge.expire());
    }
  }

  #emit(changes: readonly LiveItemsChange[]): void {
    if (changes.length > 0) {
      this.#onChange(changes);
    }
    this.#expiry.at(this.#state.is === 'loaded' ? this.#state.merge.nextExpiry() : Infinity);
  }
}
