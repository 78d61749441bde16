import { expect, it } from 'vitest';
import { addressOf, type Where, whereIn } from '../../../../../../src/console/page/rooms/functions/where.ts';

it.each<[string, Where]>([
  ['lambda/put-note/6f0c', { list: 'lambda', name: 'put-note', id: '6f0c' }],
  ['resolver/Query.note', { list: 'resolver', name: 'Query.note' }],
  ['log/6f0c', { list: 'log', name: '6f0c' }],
  ['function', { list: 'function' }],
  ['lambda/a%2Fb', { list: 'lambda', name: 'a/b' }],
])('%j leads to %j and back', (thing, where) => {
  expect(whereIn(thing)).toEqual(where);
  expect(addressOf(where)).toBe(`#functions/${thing}`);
});

it('leads to the first list where the address names none', () => {
  expect(whereIn(undefined)).toEqual({ list: 'lambda' });
  expect(whereIn('nothing/100%')).toEqual({ list: 'lambda', name: '100%' });
});
