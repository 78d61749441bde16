import { onTestFinished, vi } from 'vitest';
import {
  type ApiError,
  createLiveItems,
  type LiveItemsChange,
  type LiveItemsOptions,
  type LiveItemsStatus,
  withApiKey,
} from '../../src/index.ts';
import type { FakeApi } from './fake-api.ts';

/** Lets time pass, and everything that is due in it happen. */
export const passing = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** A view of an API, and all that it told. */
export function viewOf(api: FakeApi, options: Partial<LiveItemsOptions> = {}) {
  const changes: LiveItemsChange[] = [];
  const statuses: [LiveItemsStatus, string?][] = [];
  const live = createLiveItems({
    url: 'https://api.example/graphql',
    authorization: withApiKey('da2-key'),
    fetch: api.fetch,
    webSocket: api.webSocket,
    onChange: (some) => changes.push(...some),
    onStatus: (status, reason?: ApiError) => statuses.push(reason ? [status, reason.message] : [status]),
    ...options,
  });
  onTestFinished(() => live.stop());
  const versions = (): Record<string, number> =>
    Object.fromEntries([...live.items.values()].map(({ id, version }) => [id, version]));
  const orders = (): number[] => changes.flatMap(({ change }) => (change ? Number(change.order) : []));
  return { live, changes, statuses, versions, orders };
}
