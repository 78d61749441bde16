import { expect, test } from 'vitest';
import { REQUEST_BYTES } from '../../../src/trace/kept-bytes.ts';
import { RequestTrace } from '../../../src/trace/request-trace.ts';
import { AskTrace } from '../../../src/trace/resolver-trace.ts';
import { Cut } from '../../../src/trace/weight.ts';

const init = {
  arguments: {},
  identity: null,
  source: { of: 'the parent' },
  request: { headers: {}, domainName: null },
  info: { parentTypeName: 'Query', fieldName: 'list' },
  env: {},
};
const path = { key: 'list', previous: null };
const unit = { dataSource: { name: 'Source', type: 'NONE' } };
const huge = 'x'.repeat(REQUEST_BYTES);

test('a value that is too large is cut, and so are the request made of it and the parts that fields below it hold', () => {
  const trace = new RequestTrace('r', 'http');
  const resolver = trace.resolving(init, path)!;

  resolver.handled(unit, 'request', 0, { kind: 'returned', value: huge }, 6 * huge.length, {
    value: {},
    bytes: 0,
  });
  const ask = resolver.asking(unit, huge);
  const below = trace.resolving(init, path)!;

  expect(resolver.steps[0]).toMatchObject({ evaluation: { bytes: expect.any(Number) } });
  expect(ask.request).toBeInstanceOf(Cut);
  expect(below.init.source).toBeInstanceOf(Cut);
  expect(trace.cutBytes).toBeGreaterThan(huge.length);
  expect(trace.weight).toBeLessThan(10_000);
});

test('what is small is kept after something was cut', () => {
  const trace = new RequestTrace('r', 'http');

  trace.answered(200, huge);
  trace.logged({
    level: 'INFO',
    title: 'resolver',
    place: { file: 'a.ts', line: 1, column: 1 },
    words: 'still here',
  });

  expect(trace.answer).toBeInstanceOf(Cut);
  expect(trace.lines).toMatchObject([{ words: 'still here' }]);
});

test('nothing is added once the request has ended', () => {
  const trace = new RequestTrace('r', 'http');
  const resolver = trace.resolving(init, path)!;
  trace.endedAt = 1;
  const { weight } = trace;

  resolver.handled(unit, 'request', 0, { kind: 'returned', value: 1 }, 10, { value: {}, bytes: 0 });
  new AskTrace(trace, unit, null).ended({ kind: 'answered', result: 'late', error: null });

  expect(trace.resolving(init, path)).toBeUndefined();
  expect(resolver.steps).toEqual([]);
  expect(trace.weight).toBe(weight);
});
