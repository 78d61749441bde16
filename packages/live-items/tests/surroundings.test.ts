import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing, viewOf } from './harness/view.ts';

let api: FakeApi;
let network: EventTarget;
let page: EventTarget & { visibilityState: string };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  api = fakeApi();
  network = new EventTarget();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network));
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function show(visibilityState: 'visible' | 'hidden'): void {
  page.visibilityState = visibilityState;
  page.dispatchEvent(new Event('visibilitychange'));
}

it('replaces a dead connection when the network is back', async () => {
  const { live, versions } = viewOf(api);
  await passing();
  api.numb();
  api.write('missed', {});

  network.dispatchEvent(new Event('online'));
  await passing();

  expect({ status: live.status, versions: versions() }).toEqual({ status: 'live', versions: { missed: 1 } });
  expect(api.opened).toBe(2);
});

it('replaces the connection of a page that is seen again after half a minute, and no sooner', async () => {
  viewOf(api);
  await passing();
  show('hidden');
  await passing(29_999);
  show('visible');
  await passing();
  const soon = api.opened;

  show('hidden');
  await passing(30_000);
  show('visible');
  await passing();
  show('visible');
  await passing();

  expect([soon, api.opened]).toEqual([1, 2]);
});

it('listens no more once the view is stopped', async () => {
  const removed = [network, page].map((target) => vi.spyOn(target, 'removeEventListener'));
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network));
  const added = [network, page].map((target) => vi.spyOn(target, 'addEventListener'));
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
  const { live } = viewOf(api);
  await passing();

  live.stop();

  expect(added.map(({ mock }) => mock.calls.map(([type]) => type))).toEqual([
    ['online', 'offline', 'pageshow'],
    ['visibilitychange', 'freeze', 'resume'],
  ]);
  expect(removed.map(({ mock }) => mock.calls)).toEqual(added.map(({ mock }) => mock.calls));
});

it('says so when the browser has lost its network, and comes back when that was wrong', async () => {
  const { live, statuses } = viewOf(api);
  await passing();

  network.dispatchEvent(new Event('offline'));
  const at = live.status;
  await passing();

  expect(at).toBe('reconnecting');
  expect(statuses).toEqual([['live'], ['reconnecting', 'the browser says that it is offline'], ['live']]);
});

it('is not live in a page that is hidden for half a minute, asks nothing there, and still hears', async () => {
  const { live, statuses, versions } = viewOf(api);
  await passing();
  show('hidden');
  await passing(30_000);
  const asked = api.asked.length;
  api.write('heard', {});
  await passing(200_000);

  expect(statuses).toEqual([
    ['live'],
    ['reconnecting', 'the page is hidden, so nothing is asked until it is seen again'],
  ]);
  expect({ more: api.asked.length - asked, versions: versions() }).toEqual({
    more: 0,
    versions: { heard: 1 },
  });

  show('visible');
  await passing();

  expect(live.status).toBe('live');
});

it.each(['resume', 'pageshow', 'visible'])('is not live while the page is frozen, until %s', async (end) => {
  const { live, versions } = viewOf(api);
  await passing();
  page.dispatchEvent(new Event('freeze'));
  const frozen = live.status;
  api.numb();
  api.write('missed', {});
  vi.setSystemTime(Date.now() + 3_600_000);

  if (end === 'pageshow') {
    network.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  } else if (end === 'resume') {
    page.dispatchEvent(new Event('resume'));
  } else {
    show('visible');
  }
  await passing();

  expect(frozen).toBe('reconnecting');
  expect({ status: live.status, versions: versions() }).toEqual({ status: 'live', versions: { missed: 1 } });
});

it('reads nothing into the first pageshow of a page', async () => {
  viewOf(api);
  await passing();

  network.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  await passing();

  expect(api.opened).toBe(1);
});
