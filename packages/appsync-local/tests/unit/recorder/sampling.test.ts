import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/recorder/recorder.ts';
import { Sampling } from '../../../src/recorder/sampling.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const newSampling = () => new Sampling({ ...DEFAULT_LIMITS, atOnce: DEFAULT_LIMITS.requests });

/** Requests that come at a steady rate. @returns how many of them are chosen */
function steady(sampling: Sampling, perSecond: number, seconds: number): number {
  let chosen = 0;
  for (let index = 0; index < perSecond * seconds; index += 1) {
    vi.advanceTimersByTime(1000 / perSecond);
    chosen += sampling.choose() ? 1 : 0;
  }
  return chosen;
}

test('chooses all requests of a developer, for as long as it takes', () => {
  expect(steady(newSampling(), 20, 600)).toBe(20 * 600);
});

test('chooses what comes at once: a page, a test run', () => {
  const sampling = newSampling();
  const chosen = Array.from({ length: 500 }, () => sampling.choose());

  expect(chosen).not.toContain(false);
});

test('chooses five a second of a steady load', () => {
  const sampling = newSampling();

  const first = steady(sampling, 1600, 1);
  const then = steady(sampling, 1600, 10);

  expect(first).toBeGreaterThanOrEqual(500);
  expect(first).toBeLessThanOrEqual(530);
  expect(then).toBeGreaterThanOrEqual(49);
  expect(then).toBeLessThanOrEqual(51);
});

test('a pause between two bursts of a load makes room for none', () => {
  const sampling = newSampling();
  steady(sampling, 1600, 1);

  let chosen = 0;
  for (let round = 0; round < 10; round += 1) {
    vi.advanceTimersByTime(1000);
    chosen += steady(sampling, 1600, 0.5);
  }

  expect(chosen).toBeLessThanOrEqual(10 * 3);
});

test('after a load one request a moment is chosen at once, and all are after five seconds', () => {
  const sampling = newSampling();
  steady(sampling, 1600, 2);

  vi.advanceTimersByTime(250);
  expect(sampling.choose()).toBe(true);

  vi.advanceTimersByTime(6000);
  expect(Array.from({ length: 20 }, () => sampling.choose())).not.toContain(false);
});
