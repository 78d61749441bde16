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
    ['online'],
    ['visibilitychange'],
  ]);
  expect(removed.map(({ mock }) => mock.calls)).toEqual(added.map(({ mock }) => mock.calls));
});
