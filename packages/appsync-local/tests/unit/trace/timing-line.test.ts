import { expect, test, vi } from 'vitest';
import { RequestTrace } from '../../../src/trace/request-trace.ts';
import { timingLine } from '../../../src/trace/timing-line.ts';

/** A request whose fields took this many milliseconds; null for one that has not ended. */
function traceOf(
  totalMs: number,
  fields: [coordinate: string, ms: number | null][],
  name?: string,
): RequestTrace {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const trace = new RequestTrace('r', 'http');
  trace.executing({
    operation: 'query',
    ...(name !== undefined && { name: { value: name } }),
    selectionSet: { selections: [] },
  });
  for (const [coordinate, ms] of fields) {
    const [parentTypeName, fieldName] = coordinate.split('.') as [string, string];
    const init = { info: { parentTypeName, fieldName } } as Parameters<RequestTrace['resolving']>[0];
    const resolver = trace.resolving(init, { key: fieldName, previous: null })!;
    if (ms !== null) {
      clock.mockReturnValue(ms);
      resolver.ended([]);
      clock.mockReturnValue(0);
    }
  }
  clock.mockReturnValue(totalMs);
  trace.executed();
  clock.mockRestore();
  return trace;
}

test('names the slowest fields first, and those that run several times once', () => {
  const trace = traceOf(
    40,
    [
      ['Query.a', 5],
      ['Item.b', 20],
      ['Item.b', 30],
    ],
    'Lists',
  );

  expect(timingLine(trace)).toBe(
    'query Lists 40.0 ms: Item.b 2 times, up to 30.0 ms, Query.a 5.0 ms (request r)',
  );
});

test('shows a field that has not ended when the request is given up', () => {
  const trace = traceOf(30_000, [
    ['Query.slow', null],
    ['Query.a', 5],
  ]);

  expect(timingLine(trace)).toBe('query 30000.0 ms: Query.slow not ended, Query.a 5.0 ms (request r)');
});

test('stays one short line, however many fields there are and whatever clients call the operation', () => {
  const fields = Array.from({ length: 100 }, (_, index): [string, number] => [`Query.f${index}`, index]);
  const trace = traceOf(100, fields, 'x'.repeat(5000));

  const line = timingLine(trace)!;

  expect(line).toContain(': Query.f99 99.0 ms, Query.f98 98.0 ms,');
  expect(line).toContain(', 95 more (request r)');
  expect(line.length).toBeLessThan(250);
});

test('says nothing of a request that was not run', () => {
  expect(timingLine(new RequestTrace('r', 'http'))).toBeNull();
});
