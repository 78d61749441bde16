import { describe, expect, it } from 'vitest';
import { type Random, randomFrom } from '../../appsync-local/tests/harness/random.ts';
import type { Item } from '../src/item.ts';
import { createMerge, type Merge, type MergeOptions } from '../src/merge.ts';
import type { ItemChange } from '../src/types.ts';
import { anItem as item } from './harness/item.ts';
import { type TableModel, writtenTable } from './harness/table.ts';

const RUNS = 1000;

type Event = { read: Item[] } | { change: ItemChange };

/** A merge with its view, as seen from outside. */
function merging(wanted: MergeOptions['wanted'] = () => true, now = () => 0) {
  const view = new Map<string, Item>();
  const merge = createMerge({ wanted, now });
  merge.moveInto(view);
  return { merge, view };
}

/** An item at some moment that is not older than what was read of the log: its later changes are all among the events. */
function readAt(random: Random, { history }: TableModel, first: string): Item[] {
  return [...history.values()].flatMap((states) => {
    const recent = states.findIndex(({ order }) => order >= first);
    const from = recent < 0 ? states.length - 1 : Math.max(0, recent - 1);
    const { item } = random.oneOf(states.slice(from));
    return item ?? [];
  });
}

function deliver(random: Random, table: TableModel, merge: Merge, events: Event[]): void {
  events.forEach((event) => {
    if ('read' in event) {
      return merge.addRead(event.read);
    }
    const { change } = event;
    const states = table.history.get(change.id)!;
    const later = states.slice(states.findIndex(({ order }) => order === change.order));
    merge.apply(change, change.payloadOmitted && change.item ? random.oneOf(later).item : undefined);
  });
}

const sorted = (items: Iterable<Item>): Item[] =>
  [...items].sort((one, other) => (one.id < other.id ? -1 : 1));

describe('a merge of what was read and what was told', () => {
  it.each(Array.from({ length: 4 }, (_, part) => part))(
    'ends at the table in any order, with any repeats, in part %i of its runs',
    (part) => {
      for (let seed = part * RUNS; seed < (part + 1) * RUNS; seed += 1) {
        const random = randomFrom(seed);
        const table = writtenTable(random);
        const told = table.changes.slice(random.below(table.changes.length));
        const repeats = told.filter(() => random.chance(0.3));
        const pages = Array.from({ length: 3 }, () => ({ read: readAt(random, table, told[0]!.order) }));
        const { merge, view } = merging();

        const events = [...pages, ...[...told, ...repeats].map((change) => ({ change }))];
        deliver(random, table, merge, random.shuffled(events));

        expect(sorted(view.values()), `seed ${seed}`).toEqual(sorted(table.items()));
      }
    },
  );

  it('ends at the table whatever a script writes, as long as the changes of an item come in order', () => {
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomFrom(seed);
      const table = writtenTable(random, { odd: true });
      const told = table.changes.slice(random.below(table.changes.length));
      const { merge, view } = merging();

      const events = told.flatMap((change, index): Event[] => [
        ...(random.chance(0.1) ? [{ read: readAt(random, table, told[0]!.order) }] : []),
        { change },
        ...(random.chance(0.3) ? [{ change: told[random.below(index + 1)]! }] : []),
      ]);
      deliver(random, table, merge, [{ read: readAt(random, table, told[0]!.order) }, ...events]);

      expect(sorted(view.values()), `seed ${seed}`).toEqual(sorted(table.items()));
    }
  });

  // part: validated-items
  it('ends at the items that are wanted, though some come to be and some cease', () => {
    const wanted = ({ kind }: { kind: string | null }): boolean => kind === 'Book';
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomFrom(seed);
      const table = writtenTable(random);
      const told = table.changes.slice(random.below(table.changes.length));
      const { merge, view } = merging(wanted);

      const page = { read: readAt(random, table, told[0]!.order) };
      deliver(random, table, merge, random.shuffled([page, ...told.map((change) => ({ change }))]));

      expect(sorted(view.values()), `seed ${seed}`).toEqual(sorted(table.items().filter(wanted)));
    }
  });
  // end: validated-items

  it('never goes back to an older state of an item while its changes come in order', () => {
    for (let seed = 0; seed < RUNS; seed += 1) {
      const random = randomFrom(seed);
      const table = writtenTable(random, { ids: 1, sameTime: false });
      const states = table.history.get('item-0')!;
      const told = table.changes.slice(random.below(table.changes.length));
      const { merge, view } = merging();
      const positions: number[] = [];
      const look = (): void => {
        const shown = view.get('item-0');
        if (!shown) {
          return;
        }
        const same = states.findLastIndex(
          ({ item }) => item?.updatedAt === shown.updatedAt && item?.version === shown.version,
        );
        positions.push(same);
      };

      merge.addRead(readAt(random, table, told[0]!.order));
      look();
      told.forEach((change) => {
        merge.apply({ ...change, payloadOmitted: false });
        look();
      });

      expect(positions, `seed ${seed}`).toEqual([...positions].sort((one, other) => one - other));
    }
  });
});

const HOUR_MS = 3_600_000;
const created = (order: string, of: Item): ItemChange => ({
  type: 'CREATED',
  id: of.id,
  kind: of.kind, // part: validated-items
  version: of.version,
  at: of.updatedAt,
  owner: '',
  order,
  payloadOmitted: false,
  item: of,
  previous: null,
});
const deleted = (order: string, previous: Item): ItemChange => ({
  ...created(order, previous),
  type: 'DELETED',
  item: null,
  previous,
});

describe('an item that expires', () => {
  const expiring = item({ expiresAt: 1_000 });

  it('is gone from the second that it names on, whether it was read or told', () => {
    let now = 999_999;
    const { merge, view } = merging(undefined, () => now);
    merge.addRead([expiring]);
    merge.apply(created('1', item({ id: 'two', expiresAt: 2_000 })));
    const early = { gone: merge.expire(), next: merge.nextExpiry() };

    now = 1_000_000;
    const late = { gone: merge.expire(), next: merge.nextExpiry() };

    expect(early).toEqual({ gone: [], next: 1_000_000 });
    expect(late).toEqual({
      gone: [{ id: 'one', item: null, previous: expiring, change: null }],
      next: 2_000_000,
    });
    expect([...view.keys()]).toEqual(['two']);
  });

  it('is not taken in once it is past that', () => {
    const { merge, view } = merging(undefined, () => 1_000_000);

    merge.addRead([expiring]);
    const applied = merge.apply(created('1', item({ id: 'two', expiresAt: 999 })));

    expect([...view.keys()]).toEqual([]);
    expect(applied).toMatchObject({ item: null, previous: null, change: { order: '1' } });
  });

  it('stays when it is told in time that it stays', () => {
    let now = 0;
    const { merge, view } = merging(undefined, () => now);
    merge.addRead([expiring]);
    merge.apply({ ...created('2', item({ version: 2 })), type: 'UPDATED', previous: expiring });

    now = 1_000_000;

    expect({ gone: merge.expire(), next: merge.nextExpiry() }).toEqual({ gone: [], next: Infinity });
    expect([...view.keys()]).toEqual(['one']);
  });
});

it('remembers of a removed item for 24 hours what must not bring it back', () => {
  let now = 0;
  const { merge, view } = merging(undefined, () => now);
  merge.apply(created('1', item()));
  merge.apply(deleted('2', item()));

  now = 24 * HOUR_MS - 1;
  merge.apply(created('3', item({ id: 'other' })));
  const within = merge.isNew(created('1', item()));
  now = 24 * HOUR_MS;
  merge.apply(created('4', item({ id: 'another' })));

  expect({ within, after: merge.isNew(created('1', item())) }).toEqual({ within: false, after: true });
  expect(view.has('one')).toBe(false);
});

it('tells what moving into a view changes there, and goes on in that view', () => {
  const view = new Map(
    [item({ id: 'gone' }), item({ id: 'same' }), item({ id: 'old' })].map((old) => [old.id, old]),
  );
  const merge = createMerge({ wanted: () => true, now: () => 0 });
  merge.addRead([item({ id: 'same' }), item({ id: 'old', version: 2 }), item({ id: 'new' })]);

  const changes = merge.moveInto(view);
  merge.apply(deleted('1', item({ id: 'same' })));

  expect(changes.map(({ id, item: now, previous }) => [id, previous?.version, now?.version])).toEqual([
    ['gone', 1, undefined],
    ['old', 1, 2],
    ['new', undefined, 1],
  ]);
  expect([...view.keys()].sort()).toEqual(['new', 'old']);
});
