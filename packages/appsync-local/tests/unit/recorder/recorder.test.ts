import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Recorder } from '../../../src/recorder/recorder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Records requests whose answers have this many characters. */
function record(recorder: Recorder, id: string, characters = 0): void {
  const trace = recorder.begin(id, 'http');
  if (trace) {
    trace.answered(200, 'x'.repeat(characters));
    recorder.end(trace);
  }
}
const idsIn = (recorder: Recorder): string[] => recorder.list().map(({ trace }) => trace.id);

test('keeps the newest requests, up to a number', () => {
  const recorder = new Recorder({ requests: 2 });
  vi.advanceTimersByTime(0);

  record(recorder, 'a');
  record(recorder, 'b');
  vi.advanceTimersByTime(1000);
  record(recorder, 'c');

  expect(idsIn(recorder)).toEqual(['c', 'b']);
  expect(recorder.find('a')).toBeUndefined();
  expect(recorder.find('c')).toMatchObject({ number: 3 });
  expect(recorder.holding).toMatchObject({ requests: 2, dropped: 1, skipped: 0 });
});

test('keeps as many bytes as are allowed, and the newest request in any case', () => {
  const recorder = new Recorder({ bytes: 100_000 });

  for (const id of ['a', 'b', 'c']) {
    record(recorder, id, 20_000);
  }
  expect(idsIn(recorder)).toEqual(['c', 'b']);
  expect(recorder.holding.bytes).toBeLessThanOrEqual(100_000);

  record(recorder, 'large', 200_000);
  expect(idsIn(recorder)).toEqual(['large']);
});

test('under load makes no trace of most requests, and counts them', () => {
  const recorder = new Recorder({ requests: 10, perSecond: 5, underLoadPerSecond: 1 });

  const traces = Array.from({ length: 30 }, (_, index) => recorder.begin(`${index}`, 'http'));

  expect(traces.filter(Boolean)).toHaveLength(10);
  expect(recorder.holding).toMatchObject({ skipped: 20 });
});

test('lists what came after a number', () => {
  const recorder = new Recorder();
  ['a', 'b', 'c'].forEach((id) => record(recorder, id));

  expect(recorder.list(1).map(({ number }) => number)).toEqual([3, 2]);
});

test('knows a request by its id while it runs, and ignores one that it did not begin', () => {
  const recorder = new Recorder();
  const trace = recorder.begin('a', 'http')!;

  expect(recorder.underWay('a')).toBe(trace);
  recorder.end(trace);
  recorder.end(trace);

  expect(recorder.underWay('a')).toBeUndefined();
  expect(recorder.holding.requests).toBe(1);
});
