import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type ApiError,
  createWriteQueue,
  type PutOutcome,
  withApiKey,
  type WriteQueueOptions,
  type WriteStorage,
} from '../src/index.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing } from './harness/view.ts';

let api: FakeApi;
const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  api = fakeApi();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function queueOf(options: Partial<WriteQueueOptions> = {}) {
  const outcomes: [id: string, is: PutOutcome['is']][] = [];
  const failures: string[] = [];
  const queue = createWriteQueue({
    url: 'https://api.example/graphql',
    authorization: withApiKey('da2-key'),
    fetch: api.fetch,
    onOutcome: ({ input }, { is }) => outcomes.push([input.id, is]),
    onFailure: ({ message }: ApiError) => failures.push(message),
    ...options,
  });
  onTestFinished(() => queue.stop());
  return { queue, outcomes, failures };
}

/** Texts by name, as a browser keeps them. */
function memory(): WriteStorage & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => texts.set(name, text),
    removeItem: (name) => texts.delete(name),
  };
}

const puts = (): unknown[] =>
  api.asked.filter(([name]) => name === 'PutItem').map(([, { input }]) => (input as { id: string }).id);
const tokens = (): unknown[] =>
  api.asked
    .filter(([name]) => name === 'PutItem')
    .map(([, { input }]) => (input as { clientRequestToken: string }).clientRequestToken);
const unreachable = { status: 503, errors: [] };

describe('writes', () => {
  it('are sent in their order, one at a time, each with a token of its own', async () => {
    const { queue, outcomes } = queueOf();

    const first = queue.put({ id: 'a', payload: '1' });
    void queue.put({ id: 'b', payload: '2' });
    void queue.put({ id: 'a', payload: '3', expectedVersion: 1 });
    const waiting = queue.pending.length;
    await passing();

    expect(await first).toMatchObject({ is: 'written', item: { id: 'a', payload: '1', version: 1 } });
    expect(puts()).toEqual(['a', 'b', 'a']);
    expect(new Set(tokens()).size).toBe(3);
    expect(outcomes).toEqual([
      ['a', 'written'],
      ['b', 'written'],
      ['a', 'written'],
    ]);
    expect([waiting, queue.pending.length]).toEqual([3, 0]);
  });

  it('wait while the API cannot be reached, and say why', async () => {
    api.before = () => unreachable;
    const { queue, failures, outcomes } = queueOf();
    void queue.put({ id: 'a', payload: '1' });
    await passing(MINUTE);
    const early = [...outcomes];

    api.before = () => undefined;
    await passing(MINUTE);

    expect(early).toEqual([]);
    expect(failures[0]).toBe('the API answered with status 503');
    expect(outcomes).toEqual([['a', 'written']]);
  });

  it('are not written twice when an answer is lost', async () => {
    api.losesAnswers = true;
    const { queue } = queueOf();
    const put = queue.put({ id: 'a', payload: '1' });
    await passing(MINUTE);
    api.losesAnswers = false;
    queue.flush();
    await passing();

    expect(await put).toMatchObject({ is: 'written', item: { version: 1 } });
    expect(api.log).toHaveLength(1);
    expect(new Set(tokens()).size).toBe(1);
  });

  it('that cannot succeed are reported, and the next ones go on', async () => {
    api.write('a', { payload: '"theirs"' });
    const { queue, outcomes } = queueOf();
    const conflict = queue.put({ id: 'a', payload: '"mine"', expectedVersion: 0 });
    api.before = (name) =>
      name === 'PutItem' && puts().at(-1) === 'bad'
        ? { errors: [{ errorType: 'BadRequest', message: 'too large' }] }
        : undefined;
    const refused = queue.put({ id: 'bad', payload: '1' });
    void queue.put({ id: 'c', payload: '1' });
    await passing();

    expect(await conflict).toMatchObject({
      is: 'conflict',
      theirs: { id: 'a', payload: '"theirs"', version: 1 },
    });
    expect(await refused).toMatchObject({ is: 'refused', error: { message: 'too large' } });
    expect(outcomes.map(([, is]) => is)).toEqual(['conflict', 'refused', 'written']);
  });

  it('wait for credentials that are accepted', async () => {
    api.before = () => ({
      status: 401,
      errors: [{ errorType: 'UnauthorizedException', message: 'expired' }],
    });
    const { queue, failures, outcomes } = queueOf();
    void queue.put({ id: 'a', payload: '1' });
    await passing(1_000);
    api.before = () => undefined;
    await passing(MINUTE);

    expect(failures).toContain('expired');
    expect(outcomes).toEqual([['a', 'written']]);
  });

  it('are not even tried while the browser says that it is offline', async () => {
    const navigator = { onLine: false };
    vi.stubGlobal('navigator', navigator);
    const { queue } = queueOf();
    void queue.put({ id: 'a', payload: '1' });
    await passing(60 * MINUTE);
    const early = puts();

    navigator.onLine = true;
    queue.flush();
    await passing();

    expect([early, puts()]).toEqual([[], ['a']]);
  });

  it('are bounded in number and in bytes', async () => {
    api.before = () => unreachable;
    const { queue } = queueOf({ maxWrites: 2, maxBytes: 500 });
    void queue.put({ id: 'a', payload: '1' });

    const tooLarge = await queue.put({ id: 'b', payload: JSON.stringify('x'.repeat(500)) });
    void queue.put({ id: 'b', payload: '1' });
    const tooMany = await queue.put({ id: 'c', payload: '1' });

    expect(tooLarge).toMatchObject({
      is: 'refused',
      error: { message: expect.stringMatching(/at most 500 may wait/) },
    });
    expect(tooMany).toMatchObject({
      is: 'refused',
      error: { message: expect.stringMatching(/2 writes wait already/) },
    });
    expect(queue.pending).toHaveLength(2);
  });
});

describe('a write whose token the API has forgotten', () => {
  /** Sends one whose answer is lost, and waits until its token is of no use. */
  async function lost(input: Parameters<ReturnType<typeof createWriteQueue>['put']>[0], arrives: boolean) {
    api.losesAnswers = arrives;
    api.before = (name) => (arrives || name !== 'PutItem' ? undefined : unreachable);
    const { queue } = queueOf();
    const put = queue.put(input);
    await passing(1);
    api.before = () => unreachable;
    await passing(20 * MINUTE);
    api.losesAnswers = false;
    api.forgetTokens();
    return async (): Promise<PutOutcome> => {
      api.before = () => undefined;
      queue.flush();
      await passing(MINUTE);
      return put;
    };
  }

  it('is known by its expected version: it was written', async () => {
    const retry = await lost({ id: 'a', payload: '{"n":1,"m":2}', expectedVersion: 0 }, true);

    expect(await retry()).toMatchObject({ is: 'written', item: { version: 1 } });
    expect(api.log).toHaveLength(1);
  });

  it('is known by its expected version: it was not', async () => {
    const retry = await lost({ id: 'a', payload: '1', expectedVersion: 0 }, false);

    expect(await retry()).toMatchObject({ is: 'written', item: { version: 1 } });
    expect(api.log).toHaveLength(1);
  });

  it('and has no expected version is not written over what others wrote', async () => {
    const retry = await lost({ id: 'a', payload: '1' }, true);
    api.write('a', { payload: '"theirs"', updatedAt: new Date().toISOString() });

    expect(await retry()).toMatchObject({ is: 'unknown', theirs: { payload: '"theirs"' } });
    expect(api.log).toHaveLength(2);
  });

  it('and has no expected version is known by the item', async () => {
    const retry = await lost({ id: 'a', payload: '{"n":1,"m":2}' }, true);

    expect(await retry()).toMatchObject({ is: 'written' });
    expect(api.log).toHaveLength(1);
  });

  it('and has no expected version is written where the item is as old as before', async () => {
    api.write('a', { payload: '"old"' });
    api.items.set('a', { ...api.items.get('a')!, updatedAt: '2025-01-01T00:00:00.000Z' });
    const retry = await lost({ id: 'a', payload: '1' }, false);

    expect(await retry()).toMatchObject({ is: 'written', item: { version: 2 } });
  });
});

describe('a storage', () => {
  it('keeps writes for the next page, with their tokens', async () => {
    const storage = memory();
    api.losesAnswers = true;
    const before = queueOf({ storage });
    void before.queue.put({ id: 'a', payload: '1' });
    void before.queue.put({ id: 'b', payload: '2' });
    await passing(100);
    before.queue.stop();
    api.losesAnswers = false;

    const { outcomes } = queueOf({ storage });
    await passing();

    expect(outcomes).toEqual([
      ['a', 'written'],
      ['b', 'written'],
    ]);
    expect(api.log.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(storage.texts.size).toBe(0);
  });

  it('that cannot be read is told of, and what it has is kept', async () => {
    const storage = memory();
    storage.texts.set('live-items.writes', '[{"token":1}]');

    const { failures, queue } = queueOf({ storage });
    await passing();

    expect(failures).toEqual([
      expect.stringMatching(/cannot be read; they are under live-items.writes.unreadable now/),
    ]);
    expect(storage.texts.get('live-items.writes.unreadable')).toBe('[{"token":1}]');
    expect(queue.pending).toEqual([]);
  });

  it('that is full is told of, and the writes are sent', async () => {
    const { failures, outcomes, queue } = queueOf({
      storage: {
        ...memory(),
        setItem() {
          throw new Error('the quota has been exceeded');
        },
      },
    });

    void queue.put({ id: 'a', payload: '1' });
    await passing();

    expect(failures).toContain('the quota has been exceeded');
    expect(outcomes).toEqual([['a', 'written']]);
  });
});
