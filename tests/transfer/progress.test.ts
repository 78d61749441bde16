import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Progress } from '../../transfer/progress.ts';

beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

/** A place for progress, and what was written to it. */
function terminalOf(terminal: { isTTY?: boolean; columns?: number }) {
  const written: string[] = [];
  const progress = new Progress({ ...terminal, write: (text) => written.push(text) });
  return { progress, written };
}

/** Ten items a second for so long, told after each. */
function run(progress: Progress, seconds: number, what = 'writing', before = 0, whole = 1000): void {
  for (let items = 0; items <= seconds * 10; items += 1) {
    progress.update(what, items / whole, before + items);
    vi.advanceTimersByTime(100);
  }
}

test('on a terminal it is a bar that is redrawn in its line and taken away', () => {
  const { progress, written } = terminalOf({ isTTY: true });

  run(progress, 60);
  progress.line('done');

  expect(written.length).toBeGreaterThan(500);
  expect(written[499]).toBe('\r\x1b[Kwriting [############............] 50 % 500 items, 10/s');
  expect(written.slice(0, -2).join('')).not.toContain('\n');
  expect(written.slice(-2)).toEqual(['\r\x1b[K', 'done\n']);
});

test.each([40, 80])('the bar keeps to the %i columns of the terminal', (columns) => {
  const { progress, written } = terminalOf({ isTTY: true, columns });

  vi.advanceTimersByTime(1000);
  progress.update('writing', 0.5, 1_000_000, ['throttled 1000 times, 1 calls at once']);

  expect(written.join('').slice('\r\x1b[K'.length)).toHaveLength(columns - 1);
});

test('elsewhere it is a line every ten seconds, without a bar', () => {
  const { progress, written } = terminalOf({});

  run(progress, 35);
  progress.line('done');

  expect(written).toEqual([
    'writing: 10 % 100 items, 10/s\n',
    'writing: 20 % 200 items, 10/s\n',
    'writing: 30 % 300 items, 10/s\n',
    'done\n',
  ]);
});

test('counts what a resumed run did before, but not as done now, and each step for itself', () => {
  const { progress, written } = terminalOf({});

  run(progress, 10, 'reading', 5000);
  run(progress, 10, 'sorting');

  expect(written).toEqual(['reading: 10 % 5100 items, 10/s\n', 'sorting: 9 % 99 items, 10/s\n']);
});
