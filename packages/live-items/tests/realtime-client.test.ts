import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiError, createRealtimeClient, withApiKey } from '../src/index.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing } from './harness/view.ts';

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

const OPERATION = { query: 'subscription OnItemChange { onItemChange { id } }' };

it('connects for a subscription that a sink begins when it is told that its own is refused', async () => {
  const signedOut = new ApiError('signed out', 'none');
  let isGood = false;
  const client = createRealtimeClient({
    url: 'https://api.example/graphql',
    authorization: (request) => (isGood ? withApiKey('da2-key')(request) : Promise.reject(signedOut)),
    webSocket: api.webSocket,
  });
  const again = { next: vi.fn(), error: vi.fn(), subscribed: vi.fn() };
  const begin = (): void => {
    isGood = true;
    client.subscribe(OPERATION, again);
  };
  client.subscribe(OPERATION, { next: vi.fn(), error: begin });
  client.subscribe(OPERATION, { next: vi.fn(), error: vi.fn() });

  await passing();

  expect(again.subscribed).toHaveBeenCalledTimes(1);
  expect(api.connections()).toBe(1);
});

it('closes its connection after the last subscription, and opens one for the next', async () => {
  const client = createRealtimeClient({
    url: 'https://api.example/graphql',
    authorization: withApiKey('da2-key'),
    webSocket: api.webSocket,
  });
  const sink = { next: vi.fn(), error: vi.fn(), subscribed: vi.fn() };
  const ends = [client.subscribe(OPERATION, sink), client.subscribe(OPERATION, sink)];
  await passing();
  const both = api.connections();
  ends.forEach((end) => end());
  const none = api.connections();

  client.subscribe(OPERATION, sink);
  await passing();

  expect([both, none, api.connections(), api.opened]).toEqual([1, 0, 1, 2]);
  expect(sink.subscribed).toHaveBeenCalledTimes(3);
});
