import type { Item } from './item.ts';
import { matches } from './matches.ts';
import { isBefore, type LiveItemsChange } from './merge.ts';
import type { PutOutcome } from './put-outcome.ts';
import type { LiveItemsFilter } from './types.ts';
import type { PendingPut, PutInput } from './write-queue.ts';

/** The items of a view with the writes on top that it does not have yet. */
export class OptimisticItems {
  readonly items = new Map<string, Item>();
  readonly #filter: LiveItemsFilter;
  readonly #onChange: (changes: readonly LiveItemsChange[]) => void;
  #base: ReadonlyMap<string, Item> = new Map();
  #pending: readonly PendingPut[] = [];
  /** Answers to writes, until the view has them. */
  readonly #answers = new Map<string, Item>();

  constructor(filter: LiveItemsFilter, onChange: (changes: readonly LiveItemsChange[]) => void) {
    this.#filter = filter;
    this.#onChange = onChange;
  }

  /** Another view, with all that it has. */
  rebase(base: ReadonlyMap<string, Item>): void {
    const ids = new Set([...this.items.keys(), ...base.keys()]);
    this.#base = base;
    this.#show(ids);
  }

  /** The view has changed. */
  changed(changes: readonly LiveItemsChange[]): void {
    changes.forEach(({ id, item }) => {
      const answer = this.#answers.get(id);
      if (answer && !(item && isBefore(item, answer))) {
        this.#answers.delete(id);
      }
    });
    this.#show(changes.map(({ id }) => id));
  }

  /** Other writes are pending. */
  pend(pending: readonly PendingPut[]): void {
    const ids = new Set([...this.#pending, ...pending].map(({ input }) => input.id));
    this.#pending = pending;
    this.#show(ids);
  }

  /** What a write led to. Its pending input goes by `pend`. */
  settled(outcome: PutOutcome): void {
    const item = outcome.is === 'written' ? outcome.item : 'theirs' in outcome ? outcome.theirs : null;
    const known = item && this.#base.get(item.id);
    if (item && !(known && !isBefore(known, item))) {
      this.#answers.set(item.id, item);
    }
  }

  #show(ids: Iterable<string>): void {
    const changes: LiveItemsChange[] = [];
    for (const id of ids) {
      const previous = this.items.get(id) ?? null;
      const item = this.#wanted(id);
      if (item === previous) {
        continue;
      }
      if (item) {
        this.items.set(id, item);
      } else {
        this.items.delete(id);
      }
      changes.push({ id, item, previous, change: null });
    }
    if (changes.length > 0) {
      this.#onChange(changes);
    }
  }

  #wanted(id: string): Item | null {
    const inputs = this.#pending.filter(({ input }) => input.id === id).map(({ input }) => input);
    const known = this.#answers.get(id) ?? this.#base.get(id) ?? null;
    const item = inputs.reduce(putOnto, known);
    return item && matches(this.#filter, item) ? item : null;
  }
}

/** What the API would answer to a put, as far as the client knows. */
function putOnto(item: Item | null, { id, payload, expiresAt, owner }: PutInput): Item {
  const now = new Date().toISOString();
  const fresh = {
    kind: null, // part: validated-items
    owner: null,
    version: 0,
    createdAt: now,
  };
  const { version, ...base } = item ?? (fresh as Item);
  return {
    ...base,
    id,
    payload: payload ?? null,
    expiresAt: expiresAt ?? null,
    owner: owner === undefined ? base.owner : owner,
    version: version + 1,
    updatedAt: now,
  };
}
