import { expect, it } from 'vitest';
import { createContext, load, messageOf, unit, valueOf } from '../harness/evaluate.ts';

function contextAfter(body: string) {
  const context = createContext();
  const evaluation = load(unit(`${body} return 'done';`)).request(context);
  return { context, evaluation };
}

it('collects what extensions ask for', () => {
  const { context } = contextAfter(`
    extensions.setSubscriptionFilter({ filterGroup: [] });
    extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [] }] });
    extensions.invalidateSubscriptions({ subscriptionField: 'onPutItem', payload: { id: 1 } });
    extensions.evictFromApiCache('Query', 'getItem', { 'context.arguments.id': 1 });`);

  expect(context.effects).toEqual({
    subscriptionFilter: { filterGroup: [] },
    subscriptionInvalidationFilter: { filterGroup: [{ filters: [] }] },
    invalidations: [{ subscriptionField: 'onPutItem', payload: { id: 1 } }],
    responseHeaders: [],
  });
});

it('collects response headers', () => {
  const { context } = contextAfter(
    "util.http.addResponseHeader('itemsCount', 7); util.http.addResponseHeaders({ a: 'x', b: { c: 1 } });",
  );

  expect(context.effects.responseHeaders).toEqual([
    { name: 'itemsCount', value: 7 },
    { name: 'a', value: 'x' },
    { name: 'b', value: { c: 1 } },
  ]);
});

it.each([
  ["'Content-Type', 'x'", 'The response header Content-Type is reserved and cannot be set.'],
  ["'x-amzn-a', 'x'", 'The response header x-amzn-a is reserved and cannot be set.'],
  ["'X-Amz-a', 'x'", 'The response header X-Amz-a is reserved and cannot be set.'],
  ["'transfer-encoding', 'x'", 'The response header transfer-encoding is reserved and cannot be set.'],
  ["'a', ''", 'The response header a has no value.'],
  ["'a', null", 'The response header a has no value.'],
  ["'a', 'b\\r\\nSet-Cookie: c'", 'The response header a has a value that HTTP does not allow.'],
  ["'a', '日本'", 'The response header a has a value that HTTP does not allow.'],
  ["'a b', 'x'", 'The response header name "a b" is not valid.'],
])('appends an error for addResponseHeader(%s) and goes on', (given, message) => {
  const { context, evaluation } = contextAfter(`util.http.addResponseHeader(${given});`);

  expect(evaluation).toEqual({ kind: 'returned', value: 'done' });
  expect(context.effects.responseHeaders).toEqual([]);
  expect(context.appendedErrors).toEqual([
    { message, errorType: 'ResponseHeaderError', data: null, errorInfo: null },
  ]);
});

it('copies headers without those that belong to one connection', () => {
  const value = valueOf(
    "util.http.copyHeaders({ Host: 'a', 'content-length': '1', TE: 'x', authorization: 'b' })",
  );

  expect(value).toEqual({ authorization: 'b' });
});

it.each([
  ['runtime.earlyReturn(1, { skipTo: "X" })', 'runtime.earlyReturn takes skipTo "NEXT" or "END", not "X"'],
  ['util.str.normalize("a", "x")', 'util.str.normalize takes one of nfc, nfd, nfkc, nfkd, not "x"'],
])('names what is wrong with %s', (expression, reason) => {
  const message = messageOf(expression);

  expect(message).toContain(reason);
});

it('normalizes text', () => {
  const value = valueOf("[util.str.normalize('e\\u0301', 'nfc'), util.str.normalize('é', 'nfd').length]");

  expect(value).toEqual(['é', 2]);
});

it('calculates', () => {
  const value = valueOf(
    '[util.math.roundNum(2.5), util.math.roundNum(-2.5), util.math.minVal(1, 2), util.math.maxVal(1, 2)]',
  );

  expect(value).toEqual([3, -2, 1, 2]);
});

it('draws random numbers from their range', () => {
  const value = valueOf(
    '[...ctx.args.list].map(() => util.math.randomWithinRange(1, 3)).concat([util.math.randomDouble()])',
    { arguments: { list: Array.from({ length: 200 }, () => 0) } },
  ) as number[];

  const double = value.pop() as number;
  expect(new Set(value)).toEqual(new Set([1, 2, 3]));
  expect(double >= 0 && double < 1).toBe(true);
});
