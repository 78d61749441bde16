import { expect, it } from 'vitest';
import { emptySearch, filterValue, readBody } from '../../../../../../src/console/page/rooms/data/asks.ts';

const KEY = [
  { name: 'owner', type: 'S' },
  { name: 'at', type: 'N' },
];

it('asks for a Scan without a partition key, whatever the sort key is', () => {
  expect(readBody({ ...emptySearch('Notes'), sort: '5' }, KEY, null)).toEqual({ table: 'Notes', from: null });
});

it('asks for a Query with values of the key’s types', () => {
  const search = { ...emptySearch('Notes'), index: 'byOwner', partition: 'me', sort: '5', sortOperator: '>' };

  expect(readBody({ ...search, attribute: 'n', filter: '12' }, KEY, { id: { S: 'a' } })).toEqual({
    table: 'Notes',
    index: 'byOwner',
    from: { id: { S: 'a' } },
    partition: { S: 'me' },
    descending: false,
    sort: { op: '>', value: { N: '5' } },
    filter: { attribute: 'n', op: '=', value: { N: '12' } },
  });
});

it.each([
  ['12', { N: '12' }],
  ['"12"', { S: '12' }],
  ['twelve', { S: 'twelve' }],
  ['true', { BOOL: true }],
  ['', { S: '' }],
])('takes the filter %s for %j', (text, value) => {
  expect(filterValue(text)).toEqual(value);
});
