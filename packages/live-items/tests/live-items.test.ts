import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveItemsOptions } from '../src/index.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing, viewOf } from './harness/view.ts';

let api: FakeApi;
const view = (options?: Partial<LiveItemsOptions>) => viewOf(api, options);

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  api = fakeApi();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the start', () => {
  it('subscribes, then reads the log, then the items, page by page', async () => {
    for (let count = 0; count < 250; count += 1) {
      api.write(`item-${count}`, {});
    }
    api.recent = 240;
    const { live, changes, statuses, versions } = view();

    await passing();
    await live.ready;

    expect(api.connections()).toBe(1);
    expect(api.asked.map(([name, { since, nextToken }]) => [name, since ?? nextToken])).toEqual([
      ['ItemChanges', 'PT5M'],
      ['ListItems', null],
      ['ListItems', '100'],
      ['ListItems', '200'],
    ]);
    expect(Object.keys(versions())).toHaveLength(250);
    expect(changes).toHaveLength(250);
    expect(statuses).toEqual([['live']]);
  });

  it('asks for large items in as many answers as they take', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    ids.forEach((id) => api.write(id, {}));
    api.recent = 5;
    api.holds = 2;
    const { live, versions } = view({ filter: { id: { in: [...ids, 'missing'] } } });

    await passing();
    await live.ready;

    expect(Object.keys(versions()).sort()).toEqual(ids);
    expect(api.asked.filter(([name]) => name === 'GetItems').map(([, asked]) => asked['ids'])).toEqual([
      [...ids, 'missing'],
      ['a', 'b'],
      ['c', 'd', 'e', 'missing'],
      ['c', 'd'],
      ['e', 'missing'],
    ]);
  });

  it('gives up on large items that one answer cannot hold', async () => {
    api.write('a', {});
    api.recent = 1;
    api.holds = 0;
    const { live } = view({ filter: { id: { eq: 'a' } } });

    await passing();

    await expect(live.ready).rejects.toThrow('too large');
  });

  it('asks nothing before it is subscribed', async () => {
    api.reachable = false;
    view();

    await passing(60_000);

    expect(api.asked).toEqual([]);
  });

  it('misses nothing that is written while it reads', async () => {
    const during: Record<string, () => void> = {
      ItemChanges: () => api.write('before-the-items', {}),
      ListItems: () => {
        api.tells = false; // as where the frame is on its way until the view is live
        api.write('old', { payload: '"new"' });
        api.write('gone', null);
        api.tells = true;
      },
    };
    api.write('old', {});
    api.write('gone', {});
    api.recent = 2;
    const stale = new Map(api.items);
    api.before = (name) => {
      during[name]?.();
      delete during[name];
      // The index that the items are listed from is behind the table.
      return name === 'ListItems'
        ? ({
            errors: undefined as never,
            listItems: { items: [...stale.values()], nextToken: null },
          } as never)
        : undefined;
    };
    const { versions } = view();

    await passing();
    await passing(300_000);

    expect(versions()).toEqual({ 'before-the-items': 1, old: 2 });
  });

  it('fails for good where the items cannot be read', async () => {
    api.before = () => ({ errors: [{ errorType: 'BadRequest', message: 'the filter is wrong' }] });
    const { live, statuses } = view();

    await passing();

    await expect(live.ready).rejects.toMatchObject({ message: 'the filter is wrong', remedy: 'none' });
    expect(statuses).toEqual([['failed', 'the filter is wrong']]);
    expect(api.connections()).toBe(0);
  });

  it('attempts again where the API is throttled, when it says', async () => {
    let times = 0;
    api.before = () => {
      times += 1;
      return times < 3
        ? { errors: [{ errorType: 'Throttled', message: 'slow down', errorInfo: { retryAfterMs: 7_000 } }] }
        : undefined;
    };
    const { statuses } = view();

    await passing(13_999);
    const early = times;
    await passing(1);

    expect({ early, status: statuses.at(-1) }).toEqual({ early: 2, status: ['live'] });
    expect(statuses.slice(0, 2)).toEqual([
      ['connecting', 'slow down'],
      ['connecting', 'slow down'],
    ]);
  });
});

describe('a view that is live', () => {
  it('follows what is told, each change once', async () => {
    const { versions, orders } = view();
    await passing();

    api.write('one', {});
    api.write('one', {});
    api.write('two', {});
    const repeat = api.write('two', null);
    api.say((id) => ({ type: 'data', id, payload: { data: { onItemChange: repeat } } }));
    api.say((id) => ({ type: 'data', id, payload: { data: { onItemChange: api.log[2] } } }));
    await passing();

    expect(versions()).toEqual({ one: 2 });
    expect(orders()).toEqual([1, 2, 3, 4]);
  });

  it('finds within five minutes what was never told, on a connection that is alive', async () => {
    const { versions, orders, statuses } = view({ silenceMs: Infinity });
    const passingAlive = async (ms: number): Promise<void> => {
      api.say({ type: 'ka' });
      await passing(ms - 60_000);
      api.say({ type: 'ka' });
      await passing(60_000);
    };
    await passing();
    api.write('one', {});
    api.tells = false;
    api.write('lost', {});

    await passingAlive(299_000);
    const early = versions();
    await passing(1_000);
    const first = versions();
    api.write('lost', {});
    await passingAlive(300_000);

    expect([early, first, versions()]).toEqual([{ one: 1 }, { one: 1, lost: 1 }, { one: 1, lost: 2 }]);
    expect(orders()).toEqual([1, 2, 3]);
    expect(statuses).toEqual([['live']]);
  });

  it('reads at once when it is told to', async () => {
    const { live, versions } = view();
    await passing();
    api.tells = false;
    api.write('lost', {});

    live.refresh();
    await passing();

    expect(versions()).toEqual({ lost: 1 });
  });

  it('reads what came without its payload', async () => {
    const { live } = view();
    await passing();

    const { item } = api.write('large', { payload: '"large"' }, { payloadOmitted: true });
    api.items.set('large', item!);
    api.log[0]!.item = { ...item!, payload: null };
    await passing();

    expect(live.items.get('large')?.payload).toBe('"large"');
  });

  it('lets an item go when its time is up', async () => {
    const { live, changes, orders } = view();
    await passing();
    const expiresAt = Date.now() / 1000 + 60;
    api.write('short', { expiresAt });
    await passing(59_000);
    const early = live.items.has('short');

    await passing(1_000);

    expect({ early, late: live.items.has('short') }).toEqual({ early: true, late: false });
    expect(changes.at(-1)).toMatchObject({ id: 'short', item: null, change: null });
    api.write('short', null, { type: 'EXPIRED' });
    await passing();
    expect(orders()).toEqual([1, 2]);
  });

  // part: validated-items
  it('holds what its filter wants, and lets go what ceases to be', async () => {
    api.write('book', { kind: 'Book' });
    api.write('film', { kind: 'Film' });
    const { versions } = view({ filter: { kind: { eq: 'Book' } } });
    await passing();
    const first = versions();

    api.write('another', { kind: 'Book' });
    api.write('book', { kind: 'Film' });
    api.write('film', {});
    await passing();

    expect(first).toEqual({ book: 1 });
    expect(versions()).toEqual({ another: 1 });
    expect(api.asked[1]).toEqual([
      'ListItems',
      expect.objectContaining({ filter: { kind: { eq: 'Book' } } }),
    ]);
  });
  // end: validated-items

  it('asks for single items where its filter names them', async () => {
    api.write('one', {});
    api.write('two', {});

    const { versions } = view({ filter: { id: { in: ['one', 'three'] } } });
    await passing();
    api.write('three', {});
    await passing();

    expect(versions()).toEqual({ one: 1, three: 1 });
    expect(api.asked[1]).toEqual(['GetItems', { ids: ['one', 'three'] }]);
  });
});

describe('stop()', () => {
  it('ends the connection and every timer, and leaves the items', async () => {
    const { live, statuses } = view();
    await passing();
    api.write('one', { expiresAt: Date.now() / 1000 + 60 });
    await passing();

    live.stop();
    await passing();
    api.write('two', {});
    await passing(600_000);

    expect(vi.getTimerCount()).toBe(0);
    expect(api.connections()).toBe(0);
    expect([...live.items.keys()]).toEqual(['one']);
    expect(statuses).toEqual([['live'], ['stopped']]);
  });

  it('ends a start, too', async () => {
    api.reachable = false;
    const { live } = view();
    await passing(100);

    live.stop();

    await expect(live.ready).rejects.toThrow('stopped');
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('says what to do where there is no WebSocket', () => {
  vi.stubGlobal('WebSocket', undefined);

  expect(() => view({ webSocket: undefined })).toThrow('pass the class of ws as the option webSocket');
  vi.unstubAllGlobals();
});
