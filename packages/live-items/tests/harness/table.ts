import type { Random } from '../../../appsync-local/tests/harness/random.ts';
import type { Item } from '../../src/item.ts';
import type { ItemChange } from '../../src/types.ts';
import { anItem } from './item.ts';

/** A table with the history of each item and the changes that its stream reports. */
export interface TableModel {
  /** What each item was after each of its changes, oldest first; null: not there. */
  history: Map<string, { item: Item | null; order: string }[]>;
  changes: ItemChange[];
  items(): Item[];
}

const time = (ms: number): string => new Date(1_767_225_600_000 + ms).toISOString();

/**
 * Some writes of few items.
 * @param odd also writes as only a script makes them, without regard for version and creation time
 * @param sameTime also several writes in one millisecond
 */
export function writtenTable(
  random: Random,
  { writes = 40, ids = 5, odd = false, sameTime = true } = {},
): TableModel {
  const history: TableModel['history'] = new Map();
  const changes: ItemChange[] = [];
  let clock = 0;
  const current = (id: string): Item | null => history.get(id)?.at(-1)?.item ?? null;

  function record(type: ItemChange['type'], id: string, item: Item | null, previous: Item | null): void {
    const order = `${String(changes.length).padStart(40, '0')}#0`;
    const of = (item ?? previous)!;
    const payloadOmitted = random.chance(0.1);
    const shown = (some: Item | null): Item | null =>
      some && (payloadOmitted ? { ...some, payload: null } : some);
    history.set(id, [...(history.get(id) ?? []), { item, order }]);
    changes.push({
      type,
      id,
      kind: of.kind, // part: validated-items
      version: of.version,
      at: time(clock),
      owner: '',
      order,
      payloadOmitted,
      item: shown(item),
      previous: shown(previous),
    });
  }

  for (let count = 0; count < writes; count += 1) {
    const id = `item-${random.below(ids)}`;
    const before = current(id);
    clock += random.below(3) + (sameTime ? 0 : 1);
    const fresh = anItem({
      id,
      kind: random.oneOf([null, 'Book', 'Film']), // part: validated-items
    });
    const payload = `"written ${count}"`;
    if (!before) {
      const createdAt = time(odd && random.chance(0.3) ? clock - 5 : clock);
      record('CREATED', id, { ...fresh, payload, version: 1, createdAt, updatedAt: createdAt }, null);
    } else if (random.chance(0.3)) {
      record(random.oneOf(['DELETED', 'EXPIRED']), id, null, before);
    } else if (odd && random.chance(0.3)) {
      const oddly = {
        version: 1 + random.below(9),
        createdAt: time(random.below(9)),
        updatedAt: `odd ${count}`,
      };
      record('UPDATED', id, { ...before, ...oddly, payload }, before);
    } else {
      const next = { ...before, payload, version: before.version + 1, updatedAt: time(clock) };
      next.kind = (random.chance(0.2) ? fresh : before).kind; // part: validated-items
      record('UPDATED', id, next, before);
    }
  }
  return {
    history,
    changes,
    items: () => [...history.keys()].map(current).filter((item) => item !== null),
  };
}
