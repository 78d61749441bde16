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

describe('a connection that is lost', () => {
  it('comes back, and what was missed comes first', async () => {
    const { statuses, orders, versions } = view();
    await passing();
    api.write('one', {});
    await passing();

    api.drop();
    await passing();
    api.write('one', {});
    api.before = (name) => {
      api.before = () => undefined;
      if (name === 'ItemChanges') {
        api.write('one', {}); // told before the log is read
      }
    };
    await passing(500);

    expect(orders()).toEqual([1, 2, 3]);
    expect(versions()).toEqual({ one: 3 });
    expect(statuses).toEqual([
      ['live'],
      ['reconnecting', 'the connection was closed with code 1006'],
      ['live'],
    ]);
  });

  it('may be lost again while what was missed is read', async () => {
    const { orders } = view();
    await passing();
    api.drop();
    await passing();
    api.write('one', {});
    let reads = 0;
    api.before = () => {
      reads += 1;
      if (reads === 1) {
        api.write('one', {}); // heard, and read
        api.drop();
        queueMicrotask(() => api.write('one', {})); // neither, at first
      }
    };

    await passing(5_000);
    api.write('one', {});
    await passing();

    expect(orders()).toEqual([1, 2, 3, 4]);
  });

  it('may be back before what was missed the first time is read', async () => {
    let answer: () => void = () => undefined;
    const held: LiveItemsOptions['fetch'] = async (url, init) => {
      const answered = await api.fetch(url, init);
      if (api.log.length === 1) {
        await new Promise<void>((resolve) => (answer = resolve));
      }
      return answered;
    };
    const { orders, live } = view({ fetch: held });
    await passing();
    api.drop();
    await passing();
    api.write('one', {}); // missed, and in the answer that is held
    await passing(500);
    api.write('one', {}); // heard
    await passing();
    api.drop();
    await passing();
    api.write('one', {}); // missed, and in no answer yet
    await passing(1_000);
    api.write('one', {}); // heard
    await passing();
    const before = { orders: orders(), status: live.status };

    answer();
    await passing();

    expect(before).toEqual({ orders: [], status: 'reconnecting' });
    expect({ orders: orders(), status: live.status }).toEqual({ orders: [1, 2, 3, 4], status: 'live' });
  });

  it('is taken for lost when it is silent longer than the server says', async () => {
    const { statuses, versions } = view({ catchUpMs: Infinity });
    await passing();
    await passing(299_000);
    api.say({ type: 'ka' });
    await passing(299_000);
    const early = statuses.length;
    api.tells = false;
    api.write('one', {});

    await passing(1_500);

    expect(early).toBe(1);
    expect(statuses.slice(1)).toEqual([['reconnecting', 'the server was silent for 300000 ms'], ['live']]);
    expect(versions()).toEqual({ one: 1 });
  });

  it('is sought again after ever longer waits, up to half a minute', async () => {
    const { statuses } = view();
    await passing();
    await passing(10_000);
    api.reachable = false;
    api.drop();

    await passing(500 + 1_000 + 2_000 + 4_000 + 8_000 + 16_000 + 30_000 - 1);
    const attempts = statuses.length - 1;
    await passing(1);

    expect(attempts).toBe(7);
    expect(statuses.length - 1).toBe(8);
  });

  it('waits longer for one that breaks at once, and no longer after one that held', async () => {
    const { live } = view();
    await passing();
    const waited: number[] = [];
    const lose = async (): Promise<void> => {
      const since = Date.now();
      api.drop();
      await passing();
      while (live.status !== 'live') {
        await passing(100);
      }
      waited.push(Date.now() - since);
    };

    await lose();
    await lose();
    await lose();
    await passing(5_000);
    await lose();

    expect(waited).toEqual([500, 1_000, 2_000, 500]);
  });

  it('comes back at once when the network does', async () => {
    const { live } = view();
    await passing();
    await passing(10_000);
    api.reachable = false;
    api.drop();
    await passing(20_000);
    api.reachable = true;

    live.refresh();
    await passing();

    expect(live.status).toBe('live');
  });

  it('that is open and dead is replaced when it is told to', async () => {
    const { live, statuses, versions } = view();
    await passing();
    api.numb();
    api.write('missed', {});

    live.refresh();
    await passing();
    api.write('heard', {});
    await passing();

    expect(versions()).toEqual({ missed: 1, heard: 1 });
    expect(statuses).toEqual([['live'], ['reconnecting', 'a new connection was asked for'], ['live']]);
    expect(api.connections()).toBe(1);
  });

  it('is not begun again by each of several calls', async () => {
    const { live } = view();
    await passing();

    live.refresh();
    live.refresh();
    live.refresh();
    await passing();

    expect(api.opened).toBe(2);
    expect(live.status).toBe('live');
  });

  it('or not, what was missed is read at once when it is told to', async () => {
    const { live, versions } = view();
    await passing();
    let offline = true;
    api.before = () => {
      if (offline) {
        return { status: 503, errors: [] };
      }
    };
    api.reachable = false;
    api.drop();
    api.write('missed', {});
    live.refresh();
    await passing(600_000);
    const early = versions();

    offline = false;
    live.refresh();
    await passing();

    expect(early).toEqual({});
    expect(versions()).toEqual({ missed: 1 });
    expect(live.status).toBe('reconnecting');
  });

  it('is not sought where no attempt can help', async () => {
    const { live, statuses } = view({ url: 'localhost:4000/graphql' });

    await passing();

    expect(live.status).toBe('failed');
    expect(statuses).toEqual([['failed', expect.stringContaining('url is "localhost:4000/graphql"')]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is made anew when the server ends the subscription', async () => {
    const { live, versions } = view();
    await passing();

    api.say((id) => ({ type: 'complete', id }));
    await passing();
    const between = live.status;
    api.write('one', {});
    await passing(1_000);

    expect({ between, after: live.status }).toEqual({ between: 'reconnecting', after: 'live' });
    expect(versions()).toEqual({ one: 1 });
  });

  it('longer than changes are kept: everything is read anew', async () => {
    api.write('stays', {});
    api.write('changes', {});
    api.write('goes', {});
    const { live, changes, versions, orders } = view();
    await passing();
    api.reachable = false;
    api.drop();
    await passing();
    api.write('changes', {});
    api.write('goes', null);
    api.write('comes', {});
    api.oldest = api.recent = api.log.length;
    changes.length = 0;
    const { items } = live;

    api.reachable = true;
    await passing(60_000);
    api.write('stays', {});
    await passing();

    expect(versions()).toEqual({ stays: 2, changes: 2, comes: 1 });
    expect(live.items).toBe(items);
    expect(changes.slice(0, 3).map(({ id, item }) => [id, item?.version])).toEqual([
      ['goes', undefined],
      ['changes', 2],
      ['comes', 1],
    ]);
    expect(orders()).toEqual([7]);
  });
});

describe('credentials that are refused', () => {
  it('are asked for anew, once', async () => {
    const asked: boolean[] = [];
    let refusing = true;
    api.before = () => {
      const refused = refusing;
      refusing = false;
      return refused ? { status: 401, errors: [{ errorType: 'UnauthorizedException' }] } : undefined;
    };
    const { live } = view({
      authorization: ({ url, forceRefresh }) => {
        if (url === 'https://api.example/graphql') {
          asked.push(forceRefresh);
        }
        return { authorization: 'token' };
      },
    });

    await passing();

    expect(live.status).toBe('live');
    expect(asked).toEqual([false, false, true, false]);
  });

  it('end it where the new ones are refused, too', async () => {
    api.before = () => ({ status: 401, errors: [{ errorType: 'UnauthorizedException', message: 'no' }] });
    const { live } = view();

    await passing();

    await expect(live.ready).rejects.toMatchObject({ message: 'no', remedy: 'credentials' });
    expect(live.status).toBe('failed');
  });

  it('are asked for again later where asking failed', async () => {
    let offline = true;
    const { live, statuses } = view({
      authorization: () => {
        if (offline) {
          throw new Error('the identity provider cannot be reached');
        }
        return { authorization: 'token' };
      },
    });
    await passing(1_000);

    offline = false;
    await passing(5_000);

    expect(live.status).toBe('live');
    expect(statuses[0]).toEqual(['connecting', 'the identity provider cannot be reached']);
  });
});
