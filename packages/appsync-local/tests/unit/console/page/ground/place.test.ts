import { expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

it.each([
  ['', { room: '', thing: undefined }],
  ['#requests', { room: 'requests', thing: undefined }],
  ['#requests/', { room: 'requests', thing: undefined }],
  ['#requests/6f0c-1', { room: 'requests', thing: '6f0c-1' }],
  ['#data/items/a/b', { room: 'data', thing: 'items/a/b' }],
])('reads %j as %j', async (hash, place) => {
  const { placeIn } = await pageModule('ground/place.ts');

  expect(placeIn!(hash)).toEqual(place);
});
