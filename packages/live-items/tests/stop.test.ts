import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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

it('changes nothing more in a view that was stopped while it read, though its fetch goes on', async () => {
  let answer: () => void = () => undefined;
  const { live, changes } = viewOf(api, {
    fetch: async (url, init) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return api.fetch(url, init);
    },
  });
  api.write('one', { expiresAt: 2_000_000_000 });
  await passing();

  live.stop();
  for (let count = 0; count < 5; count += 1) {
    answer();
    await passing();
  }

  expect({ changes, size: live.items.size }).toEqual({ changes: [], size: 0 });
  expect(vi.getTimerCount()).toBe(0);
});
