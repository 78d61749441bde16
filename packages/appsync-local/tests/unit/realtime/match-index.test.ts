import { describe, expect, it, vi } from 'vitest';
import type { PreparedSubscription } from '../../../src/graphql/subscription.ts';
import { createFanOut } from '../../../src/realtime/fan-out.ts';
import { createMatchIndex } from '../../../src/realtime/match-index.ts';
import { compileSubscriptionFilter, filterEqualities } from '../../../src/realtime/subscription-filter.ts';
import { subscription } from './harness/connection.ts';

const IDS = Array.from({ length: 1000 }, (_, index) => `item-${index}`);

/** An event that counts how often its id is looked at, which every filter on the id has to do. */
function countingEvent(id: string) {
  const looks = vi.fn(() => id);
  return { looks, event: Object.defineProperty({}, 'id', { enumerable: true, get: looks }) };
}

const filterOf = (...filters: [fieldName: string, operator: string, value: unknown][]) => ({
  filterGroup: [{ filters: filters.map(([fieldName, operator, value]) => ({ fieldName, operator, value })) }],
});

describe('an event', () => {
  it.each<[string, (id: string) => Partial<PreparedSubscription>]>([
    ['arguments', (id) => ({ arguments: { id } })],
    ['a filter', (id) => ({ filter: filterOf(['id', 'eq', id]) })],
    [
      'a filter with a crowd in another field',
      (id) => ({ filter: filterOf(['owner', 'eq', 'x'], ['id', 'eq', id]) }),
    ],
    ['a filter that looks for one of several', (id) => ({ filter: filterOf(['id', 'in', [id, `${id}!`]]) })],
  ])('costs what it reaches, not what is subscribed to, by %s', (_, wanting) => {
    const fanOut = createFanOut();
    const deliver = vi.fn();
    const render = () => ({ data: null });
    for (const id of IDS) {
      fanOut.add(subscription({ render, ...wanting(id) }), { deliver, end: vi.fn() });
    }
    const { event, looks } = countingEvent('item-7');

    fanOut.publish({ mutation: 'putItem', result: Object.assign(event, { owner: 'x' }) });

    expect(deliver).toHaveBeenCalledTimes(1);
    expect(looks.mock.calls.length).toBeLessThan(5);
  });

  it('ends what it invalidates, and does not ask the others', () => {
    const fanOut = createFanOut();
    const end = vi.fn();
    for (const id of IDS) {
      const invalidationFilter = filterOf(['id', 'eq', id]);
      fanOut.add(subscription({ invalidationFilter }), { deliver: vi.fn(), end });
    }
    const { event, looks } = countingEvent('item-7');

    fanOut.invalidate({ subscriptionField: 'onPutItem', payload: event });

    expect(end).toHaveBeenCalledTimes(1);
    expect(fanOut.size).toBe(999);
    expect(looks.mock.calls.length).toBeLessThan(5);
  });
});

/** Small, so that much is equal by chance. */
const VALUES = ['a', 'b', 1, 0, true, ''];
const PATHS = ['id', 'kind', 'owner.name'];
const OPERATORS = ['eq', 'ne', 'in', 'notIn', 'contains'];

/** Park and Miller's generator: the same numbers in every run. */
const numbers = (seed: number) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;

describe('the index', () => {
  it('visits all that match, each once, whatever the filters are', () => {
    const random = numbers(7);
    const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
    const some = <T>(make: () => T, most: number): T[] =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, make);
    const condition = () => {
      const operator = pick(OPERATORS);
      const value = operator.toLowerCase().endsWith('in') ? [pick(VALUES), pick(VALUES)] : pick(VALUES);
      return { fieldName: pick(PATHS), operator, value };
    };
    const filters = Array.from({ length: 500 }, () => ({
      filterGroup: some(() => ({ filters: some(condition, 3) }), 3),
    }));
    const eventOf = () => ({
      id: pick(VALUES),
      kind: pick([...VALUES, null]),
      owner: { name: pick(VALUES) },
    });
    const events: unknown[] = [...Array.from({ length: 50 }, eventOf), {}, null, 'text', [1]];
    const index = createMatchIndex<number>();
    filters.forEach((filter, member) => index.add(member, filterEqualities(filter)));
    filters.forEach((_, member) => member % 3 === 0 && index.delete(member));

    for (const event of events) {
      const visited: number[] = [];
      index.visit(event, (member) => visited.push(member));
      const matching = filters.flatMap((filter, member) =>
        member % 3 !== 0 && (compileSubscriptionFilter(filter) ?? (() => true))(event) ? [member] : [],
      );

      expect(new Set(visited).size).toBe(visited.length);
      expect(visited).toEqual(expect.arrayContaining(matching));
      expect(visited.some((member) => member % 3 === 0)).toBe(false);
    }
  });

  it('leaves nothing behind', () => {
    const index = createMatchIndex<string>();
    for (const id of IDS) {
      index.add(id, [[{ path: ['id'], values: [id] }]]);
    }

    for (const id of IDS) {
      index.delete(id);
    }
    const { event, looks } = countingEvent('item-7');
    index.visit(event, () => expect.unreachable());

    expect(index.size).toBe(0);
    expect(looks).not.toHaveBeenCalled();
  });
});
