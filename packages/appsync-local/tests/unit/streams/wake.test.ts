import { expect, it } from 'vitest';
import { createWake } from '../../../src/streams/wake.ts';

/** Writes that can be made by hand, and whether anybody watches them. */
function writes() {
  const watching = new Set<() => void>();
  const watch = (onWrite: () => void): (() => void) => {
    watching.add(onWrite);
    return () => void watching.delete(onWrite);
  };
  return { watch, watching, write: () => watching.forEach((onWrite) => onWrite()) };
}

it('watches writes only while somebody listens, and once for all', () => {
  const { watch, watching } = writes();
  const wake = createWake(watch);

  const before = watching.size;
  const stopOne = wake.listen();
  const stopOther = wake.listen();
  const both = watching.size;
  stopOne();
  stopOne();
  const one = watching.size;
  stopOther();

  expect([before, both, one, watching.size]).toEqual([0, 1, 1, 0]);
});

it('counts the writes while somebody listens, and ends a wait with the first one', async () => {
  const { watch, write } = writes();
  const wake = createWake(watch);

  write();
  const seen = wake.count();
  const stop = wake.listen();
  const waited = wake.wait(seen, 60_000).then(() => wake.count());
  write();
  stop();
  write();

  expect([seen, await waited]).toEqual([0, 1]);
});
