import { beforeEach, expect, it, vi } from 'vitest';
import { type Round, Rounds } from '../../../src/watch/rounds.ts';
import type { SavedFiles } from '../../../src/watch/saved-files.ts';

const saved = (...paths: string[]): SavedFiles => ({ paths, cameOrWent: false });

/** Rounds that have begun, each with what ends it. */
let begun: { round: Round; end: () => void }[];
let rounds: Rounds;

beforeEach(() => {
  begun = [];
  rounds = new Rounds((round) => new Promise((end) => begun.push({ round, end })));
});

async function begins(count: number): Promise<Round> {
  await vi.waitFor(() => expect(begun).toHaveLength(count));
  return begun[count - 1]!.round;
}

it('begins at once, and runs nothing beside a running round', async () => {
  rounds.add(saved('a'));
  const first = await begins(1);
  rounds.add(saved('b'));
  await Promise.resolve();

  expect(first).toMatchObject({ saved: saved('a'), isFollowUp: false });
  expect(begun).toHaveLength(1);
});

it('takes in what was saved after a round that came to its end', async () => {
  rounds.add(saved('a'));
  const first = await begins(1);
  expect(first.isSuperseded()).toBe(false);
  rounds.add(saved('b'));
  begun[0]!.end();

  expect(await begins(2)).toMatchObject({ saved: saved('b'), isFollowUp: true });
});

it('takes in everything once more after a round that saves have superseded, counting from the first save', async () => {
  rounds.add(saved('a'));
  const first = await begins(1);
  rounds.add({ paths: ['b', 'a'], cameOrWent: true });
  rounds.add(saved('c'));
  expect(first.isSuperseded()).toBe(true);
  begun[0]!.end();

  expect(await begins(2)).toMatchObject({
    saved: { paths: ['a', 'b', 'c'], cameOrWent: true },
    since: first.since,
    isFollowUp: false,
  });
});

it('is not superseded by files that the round has taken in all the same', async () => {
  rounds.add(saved('schema'));
  const first = await begins(1);
  rounds.add(saved('generated'));

  expect(first.isSuperseded((path) => path === 'generated')).toBe(false);
  expect(first.isSuperseded((path) => path === 'other')).toBe(true);
});

it('begins no more rounds once it is closed, and waits for the running one', async () => {
  rounds.add(saved('a'));
  const first = await begins(1);
  rounds.add(saved('b'));
  let isClosed = false;
  const closing = rounds.close().then(() => (isClosed = true));
  await Promise.resolve();

  expect([isClosed, first.isSuperseded()]).toEqual([false, true]);
  begun[0]!.end();
  await closing;
  expect(begun).toHaveLength(1);
});
