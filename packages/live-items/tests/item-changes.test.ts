import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isCursorRefused, itemChanges, type ItemChangesOptions, withApiKey } from '../src/index.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';

let api: FakeApi;

beforeEach(() => {
  vi.useFakeTimers();
  api = fakeApi();
});
afterEach(() => void vi.useRealTimers());

const reading = (options: Partial<ItemChangesOptions> = {}) =>
  itemChanges({
    url: 'https://api.example/graphql',
    authorization: withApiKey('da2-key'),
    fetch: api.fetch,
    ...options,
  });

/** Reads until there is no more, or the reader is stopped. */
async function all(pages: ReturnType<typeof itemChanges>): Promise<[number, string][]> {
  const read: [number, string][] = [];
  for await (const { changes, cursor } of pages) {
    read.push([changes.length, cursor]);
  }
  return read;
}

describe('reading changes', () => {
  it('goes on from a cursor, page by page, to the end', async () => {
    for (let count = 0; count < 250; count += 1) {
      api.write('one', {});
    }

    const read = await all(reading({ since: '20', pollMs: null }));

    expect(read).toEqual([
      [100, '120'],
      [100, '220'],
      [30, '250'],
    ]);
  });

  it('goes on behind a page that the server cut short, however little it shows of why', async () => {
    api.pageSize = 2;
    for (let count = 0; count < 3; count += 1) {
      api.write('one', { payload: null }, { payloadOmitted: true });
    }

    const read = await all(reading({ pollMs: null }));

    expect(read).toEqual([
      [2, '2'],
      [1, '3'],
    ]);
  });

  it('waits for more, and stops when it is told to', async () => {
    const stopping = new AbortController();
    const read = all(reading({ signal: stopping.signal }));
    await vi.advanceTimersByTimeAsync(0);
    api.write('one', {});
    await vi.advanceTimersByTimeAsync(5_000);
    api.write('one', {});
    api.write('one', {});
    await vi.advanceTimersByTimeAsync(5_000);

    stopping.abort();

    expect(await read).toEqual([
      [1, '1'],
      [2, '3'],
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives a cursor to keep once an hour when nothing happens', async () => {
    const stopping = new AbortController();
    const read = all(reading({ signal: stopping.signal }));

    await vi.advanceTimersByTimeAsync(2.5 * 3_600_000);
    stopping.abort();

    expect(await read).toEqual([
      [0, '0'],
      [0, '0'],
    ]);
  });

  it('goes on where a request failed', async () => {
    const failures: string[] = [];
    let times = 0;
    api.before = () => {
      times += 1;
      return times === 1
        ? { errors: [{ message: 'internal error', errorType: 'InternalError' }] }
        : undefined;
    };
    api.write('one', {});

    const read = all(reading({ pollMs: null, onFailure: ({ message }) => failures.push(message) }));
    await vi.advanceTimersByTimeAsync(1_000);

    expect(await read).toEqual([[1, '1']]);
    expect(failures).toEqual(['internal error']);
  });

  it('says so where the cursor is too old', async () => {
    api.oldest = 5;

    const read = all(reading({ since: '1' }));

    await expect(read).rejects.toSatisfy(isCursorRefused);
  });
});
