import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing, viewOf } from './harness/view.ts';

let api: FakeApi;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  api = fakeApi();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const questions = (): number => api.asked.filter(([name]) => name === 'ItemChanges').length;

describe('a view whose server is silent', () => {
  it('asks the log after 20 seconds, and stays live when it is answered', async () => {
    const { statuses } = viewOf(api);
    await passing();
    const first = questions();

    await passing(19_999);
    const early = questions();
    await passing(1);
    const once = questions();
    await passing(20_000);

    expect([early - first, once - first, questions() - first]).toEqual([0, 1, 2]);
    expect(statuses).toEqual([['live']]);
  });

  it('asks nothing while the server speaks', async () => {
    viewOf(api);
    await passing();
    const first = questions();

    for (let count = 0; count < 10; count += 1) {
      await passing(19_000);
      api.say({ type: 'ka' });
    }

    expect(questions()).toBe(first);
  });

  it('is not live for longer than 30 seconds when the network goes black, and says why', async () => {
    const { live, statuses } = viewOf(api);
    await passing();
    api.black = true;

    await passing(28_000);
    const after = live.status;
    await passing(120_000);

    expect([after, live.status]).toEqual(['reconnecting', 'reconnecting']);
    expect(statuses.slice(0, 3)).toEqual([
      ['live'],
      ['reconnecting', 'the API did not answer within 8000 ms'],
      ['reconnecting', 'the API did not answer within 8000 ms'],
    ]);
    expect(statuses).toContainEqual(['reconnecting', 'no connection_ack within 15000 ms']);
  });

  it('is live again when the network passes something again, with what was missed', async () => {
    const { live, versions } = viewOf(api);
    await passing();
    api.black = true;
    await passing(30_000);
    api.write('missed', {});

    api.black = false;
    await passing(60_000);

    expect({ status: live.status, versions: versions() }).toEqual({
      status: 'live',
      versions: { missed: 1 },
    });
  });

  it('replaces a connection that does not deliver what the log has', async () => {
    const { statuses, versions } = viewOf(api);
    await passing();
    api.numb();
    api.write('missed', {});

    await passing(25_000);
    api.write('heard', {});
    await passing();

    expect(versions()).toEqual({ missed: 1, heard: 1 });
    expect(statuses).toEqual([
      ['live'],
      ['reconnecting', 'the connection does not deliver what the log has'],
      ['live'],
    ]);
    expect(api.opened).toBe(2);
  });

  it('replaces it once a minute at most, in case nothing is ever delivered', async () => {
    viewOf(api);
    await passing();
    api.tells = false;

    for (let count = 0; count < 30; count += 1) {
      api.write('lost', {});
      await passing(20_000);
    }

    expect(api.opened).toBeGreaterThan(2);
    expect(api.opened).toBeLessThanOrEqual(1 + 600 / 60);
  });

  it('stays live where the log cannot be read but the connection speaks', async () => {
    const { live } = viewOf(api);
    await passing();
    api.before = () => ({ status: 503, errors: [] });

    await passing(22_000);
    api.say({ type: 'ka' });
    await passing(7_000);

    expect(live.status).toBe('live');
  });

  it('asks again where the first answer is an error that passes', async () => {
    const { live } = viewOf(api);
    await passing();
    api.before = () => {
      api.before = () => undefined;
      return { status: 503, errors: [] };
    };

    await passing(29_000);

    expect(live.status).toBe('live');
  });

  it('fails where it is told that it may not ask any more', async () => {
    const { live } = viewOf(api);
    await passing();
    api.before = () => ({ errors: [{ errorType: 'Unauthorized', message: 'no longer' }] });

    await passing(20_000);

    expect(live.status).toBe('failed');
  });

  it('asks nothing where that is wished', async () => {
    const { live } = viewOf(api, { silenceMs: Infinity, catchUpMs: Infinity });
    await passing();
    const first = questions();

    await passing(200_000);

    expect([questions() - first, live.status]).toEqual([0, 'live']);
  });
});

describe('a machine that slept', () => {
  it('finds the view no longer live, before any timer has run', async () => {
    const { live, statuses } = viewOf(api);
    await passing();

    vi.setSystemTime(Date.now() + 31_000);
    const { status } = live;
    await passing();

    expect(status).toBe('reconnecting');
    expect(statuses).toEqual([
      ['live'],
      ['reconnecting', 'nothing was heard for 31 s: was it asleep?'],
      ['live'],
    ]);
  });

  it('doubts as soon as a timer runs, too', async () => {
    const { statuses } = viewOf(api);
    await passing();

    vi.setSystemTime(Date.now() + 3_600_000);
    await passing(20_000);

    expect(statuses.slice(1)).toEqual([
      ['reconnecting', expect.stringMatching(/^nothing was heard for 36\d\d s/)],
      ['live'],
    ]);
  });
});

describe('refresh', () => {
  it('resolves once the view is live again', async () => {
    const { live } = viewOf(api);
    await passing();
    api.numb();
    api.write('missed', {});

    const refreshed = live.refresh().then(() => [live.status, live.items.size]);
    const at = live.status;
    await passing();

    expect(at).toBe('reconnecting');
    await expect(refreshed).resolves.toEqual(['live', 1]);
  });

  it('rejects with what failed, and goes on trying', async () => {
    const { live } = viewOf(api);
    await passing();
    api.reachable = false;

    const refreshed = live.refresh().catch(String);
    await passing();
    api.reachable = true;
    await passing(1_000);

    expect(await refreshed).toBe('ApiError: unreachable');
    expect(live.status).toBe('live');
  });

  it('rejects when nothing answers', async () => {
    const { live } = viewOf(api);
    await passing();
    api.black = true;

    const refreshed = live.refresh().catch(String);
    await passing(8_000);

    expect(await refreshed).toBe('ApiError: the API did not answer within 8000 ms');
  });

  it('rejects when the view is stopped, before or meanwhile', async () => {
    const { live } = viewOf(api);
    await passing();

    const meanwhile = live.refresh().catch(String);
    live.stop();

    expect(await meanwhile).toBe('ApiError: the view was stopped');
    await expect(live.refresh()).rejects.toThrow('the view has stopped');
  });

  it('may be ignored', async () => {
    const { live } = viewOf(api);
    await passing();
    api.reachable = false;

    void live.refresh();
    await passing(1_000); // Vitest fails a run with an unhandled rejection.

    expect(live.status).toBe('reconnecting');
  });

  it('replaces a request and an attempt that slept', async () => {
    const { live, versions } = viewOf(api);
    await passing();
    api.black = true;
    void live.refresh();
    await passing(3_000);
    api.black = false;
    api.write('missed', {});

    void live.refresh();
    await passing();

    expect({ status: live.status, versions: versions() }).toEqual({
      status: 'live',
      versions: { missed: 1 },
    });
  });
});
