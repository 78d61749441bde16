import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestTiming } from '../../../src/api/timing.ts';
import type { FieldOutcome } from '../../../src/graphql/execution.ts';
import type { FieldPlan, PreparedOperation } from '../../../src/graphql/operation.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const operation = (name?: string) =>
  ({
    operation: { operation: 'query', ...(name !== undefined && { name: { value: name } }) },
  }) as PreparedOperation;

/** Runs fields, each of which takes this many milliseconds, at the same time. */
function run(timing: RequestTiming, fields: [coordinate: string, ms: number][]): void {
  const measured = timing.measured(
    (_, __, { ms }) =>
      new Promise<FieldOutcome>((end) => setTimeout(() => end({ value: null, errors: [] }), ms as number)),
  );
  fields.forEach(([coordinate, ms]) => void measured({ coordinate } as FieldPlan, null, { ms }));
}

test('names the slowest fields first, and those that run several times once', async () => {
  const timing = new RequestTiming();
  run(timing, [
    ['Query.a', 5],
    ['Item.b', 20],
    ['Item.b', 30],
  ]);

  await vi.advanceTimersByTimeAsync(40);

  expect(timing.line(operation('Lists'), 'r')).toBe(
    'query Lists 40.0 ms: Item.b 2 times, up to 30.0 ms, Query.a 5.0 ms (request r)',
  );
});

test('shows a field that has not ended when the request is given up', async () => {
  const timing = new RequestTiming();
  run(timing, [
    ['Query.slow', 50_000],
    ['Query.a', 5],
  ]);

  await vi.advanceTimersByTimeAsync(30_000);

  expect(timing.line(operation(), 'r')).toBe(
    'query 30000.0 ms: Query.slow not ended, Query.a 5.0 ms (request r)',
  );
});

test('stays one short line, however many fields there are and whatever clients call the operation', async () => {
  const timing = new RequestTiming();
  run(
    timing,
    Array.from({ length: 100 }, (_, index) => [`Query.f${index}`, index]),
  );

  await vi.advanceTimersByTimeAsync(100);

  const line = timing.line(operation('x'.repeat(5000)), 'r');
  expect(line).toContain(': Query.f99 99.0 ms, Query.f98 98.0 ms,');
  expect(line).toContain(', 95 more (request r)');
  expect(line.length).toBeLessThan(250);
});

test('a field without a resolver is not measured', () => {
  const timing = new RequestTiming();

  const outcome = timing.measured(() => undefined)({ coordinate: 'Item.id' } as FieldPlan, null, {});

  expect(outcome).toBeUndefined();
  expect(timing.line(operation(), 'r')).toBe('query 0.0 ms (request r)');
});
