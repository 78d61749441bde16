import { beforeEach, expect, it } from 'vitest';
import { Bursts } from '../../../src/cli/bursts.ts';

let now: number;
let timers: { at: number; run: () => void }[];
let summaries: string[];
let bursts: Bursts;

beforeEach(() => {
  now = 0;
  timers = [];
  summaries = [];
  const clock = {
    now: () => now,
    after: (milliseconds: number, run: () => void) => void timers.push({ at: now + milliseconds, run }),
  };
  bursts = new Bursts((source, line) => summaries.push(`${source}: ${line}`), clock);
});

function passTo(time: number): void {
  for (;;) {
    const next = timers.sort((a, b) => a.at - b.at)[0];
    if (next === undefined || next.at > time) {
      break;
    }
    timers.shift();
    now = next.at;
    next.run();
  }
  now = time;
}

it('shows the lines of the first three requests, and sums up the others when the burst is over', () => {
  const shown: string[] = [];
  for (let request = 0; request < 250; request += 1) {
    passTo(request * 5);
    for (const line of ['begins', 'ends']) {
      if (bursts.take('PutValidatedItem', String(request))) {
        shown.push(`${request} ${line}`);
      }
    }
  }

  expect(shown).toEqual(['0 begins', '0 ends', '1 begins', '1 ends', '2 begins', '2 ends']);
  expect(summaries).toEqual([]);
  passTo(3_000);
  expect(summaries).toEqual([
    'PutValidatedItem: 247 more requests in 1.2 s, 494 log lines (show with --log-level info)',
  ]);
});

it('keeps the bursts of two sources apart, and says nothing of a burst that was shown whole', () => {
  ['1', '2', '3', '4'].forEach((request) => bursts.take('one', request));
  const shown = ['1', '2', '3'].map((request) => bursts.take('two', request));
  passTo(5_000);

  expect(shown).toEqual([true, true, true]);
  expect(summaries).toEqual(['one: 1 more request in 0.0 s, 1 log line (show with --log-level info)']);
  expect(bursts.take('one', '5')).toBe(true);
});

it('sums up a burst that goes on every ten seconds', () => {
  const shown: boolean[] = [];
  for (let request = 0; request < 30; request += 1) {
    passTo(request * 500 + 1);
    shown.push(bursts.take('one', String(request)));
  }

  expect(shown.filter(Boolean)).toHaveLength(3);
  expect(summaries).toEqual(['one: 17 more requests in 9.5 s, 17 log lines (show with --log-level info)']);
  bursts.flush();
  expect(summaries[1]).toBe('one: 10 more requests in 4.5 s, 10 log lines (show with --log-level info)');
});
