import { expect, it } from 'vitest';
import { randomFrom } from '../../harness/random.ts';
import { pathToHost } from './harness/host-objects.ts';
import { program } from './harness/programs.ts';
import { runUnchecked } from './harness/unchecked.ts';

const SEED = 20261130;
const PROGRAMS = 2000;

it(`lets none of ${PROGRAMS} generated programs get hold of anything of the server`, () => {
  const random = randomFrom(SEED);
  const seen = new WeakSet<object>();
  let ran = 0;
  for (let count = 0; count < PROGRAMS; count += 1) {
    const text = program(random);
    const { ctx, evaluation } = runUnchecked(text);
    const path = pathToHost(ctx, seen);
    if (path !== undefined) {
      expect.fail(`program ${count} of seed ${SEED} reaches the server by ${path}:\n${text}`);
    }
    const { found } = (ctx as { stash: { found: unknown[] } }).stash;
    if (evaluation.kind === 'returned' && found.length >= 8) {
      ran += 1;
    }
  }

  // Not all may fail for the same dull reason.
  expect(ran).toBeGreaterThan(PROGRAMS / 2);
});
