/** An item as it should be. */
export interface State {
  version: number;
  /** JSON with sorted members. */
  payload: string;
  kind: string | null;
  owner: string | null;
  /** Of validated items: the unique value it holds, and the item it refers to. */
  sku?: string;
  replaces?: string;
}

/** A change as the feed should tell it. */
export interface ExpectedChange {
  type: 'CREATED' | 'UPDATED' | 'DELETED';
  version: number;
  payload: string;
}

/** What a write makes of items; null: gone. */
export type Effect = ReadonlyMap<string, State | null>;

/** What all acknowledged writes have made of the items of a run, and what happened on the way. */
export class History {
  readonly #states = new Map<string, State>();
  #changes = new Map<string, ExpectedChange[]>();
  #count = 0;

  /** Of an item, or null. */
  stateOf(id: string): State | null {
    return this.#states.get(id) ?? null;
  }

  /** All items that are there. */
  get states(): ReadonlyMap<string, State> {
    return this.#states;
  }

  /** How many changes there were since they were last taken. */
  get count(): number {
    return this.#count;
  }

  apply(effect: Effect): void {
    for (const [id, after] of effect) {
      const change = changeOf(this.stateOf(id), after);
      if (change) {
        this.#add(id, change);
      }
      if (after) {
        this.#states.set(id, after);
      } else {
        this.#states.delete(id);
      }
    }
  }

  /** The changes since the last time, by item. */
  takeChanges(): ReadonlyMap<string, readonly ExpectedChange[]> {
    const taken = this.#changes;
    this.#changes = new Map();
    this.#count = 0;
    return taken;
  }

  #add(id: string, change: ExpectedChange): void {
    const known = this.#changes.get(id);
    if (known) {
      known.push(change);
    } else {
      this.#changes.set(id, [change]);
    }
    this.#count += 1;
  }
}

function changeOf(before: State | null, after: State | null): ExpectedChange | null {
  if (after) {
    const { version, payload } = after;
    return { type: before ? 'UPDATED' : 'CREATED', version, payload };
  }
  return before && { type: 'DELETED', version: before.version, payload: before.payload };
}

/** JSON whose members are in the order of their names. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
