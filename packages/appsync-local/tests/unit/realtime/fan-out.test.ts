import { describe, expect, it, vi } from 'vitest';
import type { PreparedSubscription } from '../../../src/graphql/subscription.ts';
import { createFanOut, type FanOut } from '../../../src/realtime/fan-out.ts';
import { subscription } from './harness/connection.ts';

const group = (fieldName: string, operator: string, value: unknown) => ({
  filterGroup: [{ filters: [{ fieldName, operator, value }] }],
});

/** Adds a subscription and lists what reaches it. */
function listen(fanOut: FanOut, more: Partial<PreparedSubscription> = {}) {
  const payloads: string[] = [];
  const end = vi.fn();
  const remove = fanOut.add(subscription(more), {
    deliver: (payload) => payloads.push(payload.toString()),
    end,
  });
  return { payloads, end, remove };
}

describe('an event', () => {
  it('reaches the subscriptions of its mutation, as the text of their selection', () => {
    const fanOut = createFanOut();
    const first = listen(fanOut, { mutations: ['putItem', 'putValidatedItem'] });
    const second = listen(fanOut, { mutations: ['deleteItem'] });

    fanOut.publish({ mutation: 'putValidatedItem', result: { id: 'a' } });

    expect(first.payloads).toEqual(['{"data":{"onPutItem":{"id":"a"}}}']);
    expect(second.payloads).toEqual([]);
  });

  it.each([null, undefined])('with the result %s reaches nobody', (result) => {
    const fanOut = createFanOut();
    const { payloads } = listen(fanOut);

    fanOut.publish({ mutation: 'putItem', result });

    expect(payloads).toEqual([]);
  });

  it.each([0, false, ''])('with the result %j reaches its subscribers', (result) => {
    const fanOut = createFanOut();
    const { payloads } = listen(fanOut);

    fanOut.publish({ mutation: 'putItem', result });

    expect(payloads).toEqual([JSON.stringify({ data: { onPutItem: result } })]);
  });

  it('is rendered once for each render key, whoever subscribes', () => {
    const fanOut = createFanOut();
    const render = vi.fn((event: unknown) => ({ data: event }));
    const listeners = ['a', 'b', 'a', 'a', 'b'].map((renderKey) => listen(fanOut, { renderKey, render }));

    fanOut.publish({ mutation: 'putItem', result: 1 });

    expect(render).toHaveBeenCalledTimes(2);
    expect(listeners.map(({ payloads }) => payloads.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('is not rendered when nobody matches', () => {
    const fanOut = createFanOut();
    const render = vi.fn();
    listen(fanOut, { render, arguments: { id: 'b' } });

    fanOut.publish({ mutation: 'putItem', result: { id: 'a' } });

    expect(render).not.toHaveBeenCalled();
  });

  it('delivers errors along with data', () => {
    const fanOut = createFanOut();
    const render = () => ({
      data: { onPutItem: null },
      errors: [{ message: 'Cannot return null', path: ['x'] }],
    });
    const { payloads } = listen(fanOut, { render });

    fanOut.publish({ mutation: 'putItem', result: {} });

    expect(payloads).toEqual([
      '{"data":{"onPutItem":null},"errors":[{"message":"Cannot return null","path":["x"]}]}',
    ]);
  });

  it.each([
    ['of 240 KB is delivered', 240 * 1024, 1, 0],
    ['over 240 KB is dropped, with a word to the operator', 240 * 1024 + 1, 0, 1],
  ])('%s', (_, bytes, delivered, reported) => {
    const report = vi.fn();
    const fanOut = createFanOut(report);
    const overhead = Buffer.byteLength(JSON.stringify({ data: '€' })) - 3;
    const text = `${'€'.repeat(1000)}${'x'.repeat(bytes - overhead - 3000)}`;
    const listeners = [1, 2].map(() => listen(fanOut, { render: () => ({ data: text }) }));

    fanOut.publish({ mutation: 'putItem', result: {} });

    expect(listeners.map(({ payloads }) => payloads.length)).toEqual([delivered, delivered]);
    expect(report).toHaveBeenCalledTimes(reported);
    if (reported) {
      expect(report.mock.calls[0]?.[0]).toMatch(/putItem was not delivered to onPutItem: .* 245761 bytes/);
    }
  });

  it('goes on to the others when one subscriber or one rendering fails', () => {
    const report = vi.fn();
    const fanOut = createFanOut(report);
    const fail = () => {
      throw new Error('broken');
    };
    fanOut.add(subscription({ renderKey: 'fine' }), { deliver: fail, end: fail });
    listen(fanOut, { renderKey: 'broken', render: fail });
    listen(fanOut, { renderKey: 'broken', render: fail });
    const last = listen(fanOut, { renderKey: 'fine' });

    fanOut.publish({ mutation: 'putItem', result: 1 });

    expect(last.payloads).toHaveLength(1);
    expect(report).toHaveBeenCalledTimes(2);
  });
});

describe('a subscription', () => {
  it('hears nothing after its removal, which may be repeated', () => {
    const fanOut = createFanOut();
    const [first, second] = [listen(fanOut), listen(fanOut)];

    first.remove();
    first.remove();
    fanOut.publish({ mutation: 'putItem', result: 1 });

    expect(first.payloads).toEqual([]);
    expect(second.payloads).toHaveLength(1);
    expect(fanOut.size).toBe(1);
  });

  it('is filtered by its arguments', () => {
    const fanOut = createFanOut();
    const { payloads } = listen(fanOut, { arguments: { id: 'a' } });

    fanOut.publish({ mutation: 'putItem', result: { id: 'b' } });
    fanOut.publish({ mutation: 'putItem', result: { id: 'a' } });

    expect(payloads).toHaveLength(1);
  });

  it.each([
    ['a filter', group('version', 'gt', 1), [{ version: 2 }], [{ version: 1 }]],
    ['a filter without groups, which lets all pass', { filterGroup: [] }, [{ version: 1 }, {}], []],
    ['null, which lets all pass', null, [{ version: 1 }, {}], []],
  ])('is filtered by %s in place of its arguments', (_, filter, passing, stopped) => {
    const fanOut = createFanOut();
    const { payloads } = listen(fanOut, { filter, arguments: { id: 'never' } });

    [...passing, ...stopped].forEach((result) => fanOut.publish({ mutation: 'putItem', result }));

    expect(payloads.map((text) => JSON.parse(text).data.onPutItem)).toEqual(passing);
  });
});

describe('invalidation', () => {
  it('ends the subscriptions of the field whose filter matches the payload', () => {
    const fanOut = createFanOut();
    const invalidationFilter = group('userId', 'eq', 'u1');
    const meant = listen(fanOut, { invalidationFilter });
    const others = [
      listen(fanOut, { invalidationFilter: group('userId', 'eq', 'u2') }),
      listen(fanOut, { invalidationFilter, fieldName: 'onDeleteItem' }),
      listen(fanOut, { invalidationFilter: { filterGroup: [] } }),
      listen(fanOut),
    ];

    fanOut.invalidate({ subscriptionField: 'onPutItem', payload: { userId: 'u1' } });
    fanOut.publish({ mutation: 'putItem', result: 1 });

    expect(meant.end).toHaveBeenCalledOnce();
    expect(meant.payloads).toEqual([]);
    expect(others.map(({ end, payloads }) => [end.mock.calls.length, payloads.length])).toEqual(
      Array(4).fill([0, 1]),
    );
  });

  it('of a field nobody subscribes to does nothing', () => {
    const fanOut = createFanOut();

    fanOut.invalidate({ subscriptionField: 'onPutItem', payload: {} });

    expect(fanOut.size).toBe(0);
  });
});

describe('many subscribers', () => {
  it('cost one rendering and one string, not one each', () => {
    const fanOut = createFanOut();
    const render = vi.fn((event: unknown) => ({ data: event }));
    const listeners = Array.from({ length: 1000 }, () => listen(fanOut, { render }));
    const stringify = vi.spyOn(JSON, 'stringify');

    fanOut.publish({ mutation: 'putItem', result: { id: 'a' } });
    const serialized = stringify.mock.calls.length;
    stringify.mockRestore();

    expect(render).toHaveBeenCalledOnce();
    expect(serialized).toBe(1);
    expect(listeners.every(({ payloads }) => payloads.length === 1)).toBe(true);
  });
});
