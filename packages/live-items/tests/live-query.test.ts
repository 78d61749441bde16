import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { randomFrom } from '../../appsync-local/tests/harness/random.ts';
import { createLiveQuery, type SortKey } from '../src/index.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing, viewOf } from './harness/view.ts';

let api: FakeApi;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  api = fakeApi();
});
afterEach(() => {
  vi.useRealTimers();
});

const payload = (value: unknown): { payload: string } => ({ payload: JSON.stringify(value) });
const byDue: SortKey[] = [{ by: 'payload', path: 'due', direction: 'DESC' }];
const open = { payload: [{ path: 'done', eq: 'false' }] };

describe('a live query', () => {
  it('shows the items that match, in order, as they come, change and go', async () => {
    api.write('a', payload({ done: false, due: 1 }));
    api.write('b', payload({ done: true, due: 2 }));
    const { live } = viewOf(api);
    const query = createLiveQuery(live, { filter: open, sort: byDue });
    const ids = (): string[] => query.items.map(({ id }) => id);
    await passing();
    const seen = [ids()];

    for (const act of [
      () => api.write('c', payload({ done: false, due: 3 })),
      () => api.write('b', payload({ done: false, due: 2 })),
      () => api.write('a', payload({ done: false, due: 9 })),
      () => api.write('c', payload({ done: true, due: 3 })),
      () => api.write('a', null),
    ]) {
      act();
      await passing();
      seen.push(ids());
    }

    expect(seen).toEqual([['a'], ['c', 'a'], ['c', 'b', 'a'], ['a', 'c', 'b'], ['a', 'b'], ['b']]);
  });

  it('has the same array until something in it changes, and tells of each new one', async () => {
    const { live } = viewOf(api);
    const query = createLiveQuery(live, { filter: open, sort: byDue, limit: 1 });
    const told = vi.fn();
    query.subscribe(told);
    await passing();
    api.write('a', payload({ done: false, due: 1 }));
    await passing();
    const { items } = query;

    api.write('b', payload({ done: true }));
    api.write('c', payload({ done: false, due: 0 }));
    await passing();

    expect(query.items).toBe(items);
    expect([query.count, told.mock.calls.length]).toEqual([2, 1]);
  });

  it('is told of no more after its end', async () => {
    const { live } = viewOf(api);
    const query = createLiveQuery(live);
    await passing();
    query.stop();

    api.write('a', {});
    await passing();

    expect(query.items).toEqual([]);
  });

  it('is in order after any number of changes, put in their places or sorted in one go', async () => {
    const seed = Date.now() % 1e6;
    const random = randomFrom(seed);
    const { live } = viewOf(api);
    const query = createLiveQuery(live, { sort: [{ by: 'payload', path: 'n' }, { by: 'version' }] });
    await passing();

    for (let round = 0; round < 60; round += 1) {
      for (let count = random.oneOf([1, 2, 40]); count > 0; count -= 1) {
        const id = `item-${random.below(50)}`;
        api.write(id, random.chance(0.2) && api.items.has(id) ? null : payload({ n: random.below(5) }));
      }
      await passing();
    }

    const expected = [...api.items.values()].sort((one, other) => {
      const n = (text: string | null): number => (JSON.parse(text!) as { n: number }).n;
      return n(one.payload) - n(other.payload) || one.version - other.version || (one.id < other.id ? -1 : 1);
    });
    expect(
      query.items.map(({ id }) => id),
      `seed ${seed}`,
    ).toEqual(expected.map(({ id }) => id));
  });

  it.each([
    [{ filter: { payload: [{ path: 'n', eq: 'five' }] } }, 'filter.payload.eq must be JSON text, not five'],
    [{ filter: { payload: [{ path: 'n', lt: 'true' }] } }, 'must be a number or a text'],
    [{ sort: [{ by: 'payload' as const, path: 'a..b' }] }, 'path a..b cannot be read'],
  ])('refuses %j', (options, message) => {
    const { live } = viewOf(api);

    expect(() => createLiveQuery(live, options)).toThrow(message);
  });
});
