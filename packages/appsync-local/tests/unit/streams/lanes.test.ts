import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLanes, type LanesOptions } from '../../../src/streams/lanes.ts';
import type { StreamRecord } from '../../../src/streams/stream-record.ts';
import { numbersOf, record, records } from './harness/records.ts';

/** Lanes whose batches end when told to. */
function controlled(options: Partial<LanesOptions> = {}) {
  const sent: number[][] = [];
  const ends: (() => void)[] = [];
  const lanes = createLanes({
    count: 1,
    batchSize: 3,
    windowMs: 0,
    send: (batch: StreamRecord[]) => {
      sent.push(numbersOf(batch));
      return new Promise<void>((resolve) => ends.push(resolve));
    },
    ...options,
  });
  const endNext = async (): Promise<void> => {
    ends.shift()?.();
    await sleep(0);
  };
  return { lanes, sent, endNext };
}

describe('lanes', () => {
  it('send one batch at a time, in order, of at most BatchSize records', async () => {
    const { lanes, sent, endNext } = controlled();

    lanes.add(records(1, 1));
    lanes.add(records(2, 6));
    const first = structuredClone(sent);
    await endNext();
    await endNext();

    expect(first).toEqual([[1]]);
    expect(sent).toEqual([[1], [2, 3, 4], [5, 6]]);
  });

  it('send at most 6 MB, and a record that is alone in any case', async () => {
    const { lanes, sent, endNext } = controlled({ batchSize: 100 });
    const megabyte = 1024 * 1024;

    lanes.add([
      record(1, { bytes: 4 * megabyte }),
      record(2, { bytes: 4 * megabyte }),
      record(3, { bytes: megabyte }),
    ]);
    await endNext();

    expect(sent).toEqual([[1], [2, 3]]);
  });

  it('keep the records of one key in order, and others under way at once', async () => {
    const { lanes, sent, endNext } = controlled({ count: 10, batchSize: 1 });
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);

    lanes.add(keys.map((key, n) => record(n, { key })));
    lanes.add(keys.map((key, n) => record(100 + n, { key })));
    const atOnce = sent.length;
    while (sent.length < 40) {
      await endNext();
    }

    expect(atOnce).toBeGreaterThan(5);
    const places = new Map(sent.map(([number], place) => [number, place]));
    for (const n of keys.keys()) {
      expect(places.get(n)).toBeLessThan(places.get(100 + n)!);
    }
  });

  it('wait for a batch to fill up for as long as the window, not longer', async () => {
    const { lanes, sent, endNext } = controlled({ windowMs: 60 });

    lanes.add(records(1, 2));
    const early = sent.length;
    lanes.add(records(3, 3));
    const full = structuredClone(sent);
    lanes.add(records(4, 4));
    await endNext();
    await sleep(200);

    expect(early).toBe(0);
    expect(full).toEqual([[1, 2, 3]]);
    expect(sent).toEqual([[1, 2, 3], [4]]);
  });

  it('have room as soon as another batch could be sent, and not while one is waiting', async () => {
    const { lanes, endNext } = controlled();
    const isThereRoom = () => Promise.race([lanes.room().then(() => true), sleep(5).then(() => false)]);

    const atFirst = await isThereRoom();
    lanes.add(records(1, 1));
    const underWay = await isThereRoom();
    lanes.add(records(2, 4));
    await endNext();
    const nextUnderWay = await isThereRoom();
    await endNext();

    expect([atFirst, underWay, nextUnderWay]).toEqual([true, false, false]);
    expect(await isThereRoom()).toBe(true);
  });

  it('have room while one of several can send, unless another has a batch waiting', async () => {
    const { lanes } = controlled({ count: 10 });
    const isThereRoom = () => Promise.race([lanes.room().then(() => true), sleep(5).then(() => false)]);

    lanes.add([record(1, { key: 'a' })]);
    const oneUnderWay = await isThereRoom();
    lanes.add([2, 3, 4].map((number) => record(number, { key: 'a' })));

    expect(oneUnderWay).toBe(true);
    expect(await isThereRoom()).toBe(false);
  });

  it('send nothing more once they are stopped, and wait for what is under way', async () => {
    const { lanes, sent, endNext } = controlled();
    lanes.add(records(1, 5));

    let hasStopped = false;
    const stopped = lanes.stop().then(() => (hasStopped = true));
    await sleep(5);
    const before = hasStopped;
    await endNext();
    await stopped;

    expect(before).toBe(false);
    expect(sent).toEqual([[1, 2, 3]]);
  });
});
