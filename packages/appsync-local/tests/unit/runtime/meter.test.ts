import { expect, it } from 'vitest';
import { HelperFailure } from '../../../src/runtime/interruption.ts';
import { ALLOWANCE, meterHelpers } from '../../../src/runtime/meter.ts';

/** An evaluation that looks at the clock, and the milliseconds that the clocks show. */
function evaluation() {
  const shows = { wall: 0, processor: 0, asked: 0 };
  const { look } = meterHelpers(
    ALLOWANCE,
    () => {
      shows.asked += 1;
      return shows.processor;
    },
    () => shows.wall,
  ) as { look: (evaluation: number) => void };
  const after = (ms: number, processorMs = ms): void => {
    shows.wall += ms;
    shows.processor += processorMs;
    look(1);
  };
  return { shows, after };
}

it('does not ask for processor time while an evaluation is short', () => {
  const { shows, after } = evaluation();

  after(0);
  after(10);
  after(10);

  expect(shows.asked).toBe(0);
});

it('ends an evaluation after five seconds of processor time', () => {
  const { after } = evaluation();

  after(0);
  after(200);
  after(4_900);

  expect(() => after(200)).toThrow(new HelperFailure('The handler was ended after 5 seconds'));
});

it('gives an evaluation on a busy machine as much processor time', () => {
  const { after } = evaluation();

  after(0);
  after(60_000, 100);

  expect(() => after(60_000, 100)).not.toThrow();
});
