import { describe, expect, it } from 'vitest';
import type { RecordedHandler } from '../../../../../../src/recorder/recorded-request.ts';
import { pageModule } from '../../../harness/page-module.ts';

const ran = (more: Partial<RecordedHandler> = {}): RecordedHandler => ({
  startMs: 0,
  ms: 1,
  stashBefore: {},
  stashAfter: {},
  ...more,
});
const step = { number: 2, kind: 'AppSync function', name: 'readItem' };
const call = { service: 'DynamoDB', operation: 'GetItem', target: 't', startMs: 0, ms: 1 };
const ask = { name: 'Items', type: 'AMAZON_DYNAMODB', startMs: 0, ms: 1, request: { key: 1 }, result: null };

describe('the values of a row', () => {
  it.each([
    [ran({ result: 1 }), ['Result of request', 'ctx.stash before and after']],
    [
      ran({ result: null, earlyReturn: 'END' }),
      ['Early return, continues at END', 'ctx.stash before and after'],
    ],
    [
      ran({ error: { message: 'no' }, stashAfter: { a: 1 } }),
      ['Error', 'ctx.stash before', 'ctx.stash after'],
    ],
  ])('are what a handler made: %j', async (handler, names) => {
    const { valuesOf } = await pageModule('rooms/requests/values.ts');

    const values = valuesOf!({ kind: 'handler', handler: 'request', step, ran: handler }) as [string][];

    expect(values.map(([name]) => name)).toEqual(names);
  });

  it('are what a call sent and got, and what the handler saw of it', async () => {
    const { valuesOf } = await pageModule('rooms/requests/values.ts');
    const told = { ...call, input: { TableName: 't' }, error: { type: 'X' }, units: { read: 1, write: 0 } };

    expect(valuesOf!({ kind: 'call', step, ask: { ...ask, error: { type: 'X' } }, call: told })).toEqual([
      ['Error', { type: 'X' }],
      ['DynamoDB GetItem, input', { TableName: 't' }],
      ['Units', { read: 1, write: 0 }],
      ['Request of the handler', { key: 1 }],
      ['ctx.error', { type: 'X' }],
    ]);
    expect(valuesOf!({ kind: 'call', step, ask: { ...ask, error: null, result: 2 }, call: null })).toEqual([
      ['Request', { key: 1 }],
      ['ctx.result', 2],
    ]);
  });

  it('lead to a test of the handler that saw them', async () => {
    const { handlerOf } = await pageModule('rooms/requests/values.ts');

    expect(handlerOf!({ kind: 'handler', handler: 'request', step, ran: ran() })).toBe('request');
    expect(handlerOf!({ kind: 'call', step: { ...step, response: ran() }, ask, call })).toBe('response');
    expect(handlerOf!({ kind: 'call', step, ask, call })).toBeNull();
    expect(handlerOf!({ kind: 'authorization' })).toBeNull();
  });
});

describe('the waterfall', () => {
  it('opens at the first step that failed, else at the first step', async () => {
    const { firstOf } = await pageModule('rooms/requests/values.ts');
    const row = (label: string, step: number | null, isError = false) => ({ label, step, isError });
    const resolver = row('Query.a', null, true);

    expect(firstOf!([resolver, row('a request', 1), row('a response', 1, true)])).toMatchObject({
      label: 'a response',
    });
    expect(firstOf!([resolver, row('a request', 1)])).toMatchObject({ label: 'a request' });
    expect(firstOf!([])).toBeUndefined();
  });

  it.each([
    [
      { startMs: 0, ms: 10 },
      { from: 0, width: 100 },
    ],
    [
      { startMs: 5, ms: 0 },
      { from: 50, width: 1 },
    ],
    [
      { startMs: 5, ms: null },
      { from: 50, width: 50 },
    ],
    [
      { startMs: 20, ms: 5 },
      { from: 99, width: 1 },
    ],
  ])('draws %j of 10 ms as %j', async (row, bar) => {
    const { barOf } = await pageModule('rooms/requests/values.ts');

    expect(barOf!(row, 10)).toEqual(bar);
  });

  it.each([
    [0, '$0'],
    [4.88, '$4.88'],
    [12.5, '$12.50'],
    [0.0000049, '$0.0000049'],
  ])('writes %d dollars as %s', async (usd, text) => {
    const { dollars } = await pageModule('rooms/requests/values.ts');

    expect(dollars!(usd)).toBe(text);
  });
});
