import type { Asked } from './cost.ts';
import { GROUP, idOf, isOwned, payloadOf } from './items.ts';
import type { Place } from './place.ts';

/** What is asked of a table, whatever its size. */

const SELECTION = '{ id version payload createdAt updatedAt owner }';

/** All over the table, and never the same twice in a row: 7,919 is prime. */
const somewhere = ({ items }: Place, index: number): number => (index * 7_919) % items;

/** An item that an API key may write. */
function unowned(place: Place, index: number): number {
  const found = somewhere(place, index);
  return isOwned(found) ? found + 1 : found;
}

export const put: Asked = {
  name: 'put',
  as: 'apiKey',
  body: (place, index) => {
    const item = unowned(place, index);
    const input = { id: idOf(item), payload: JSON.stringify(payloadOf(item, place.payloadBytes)) };
    return {
      query: `mutation Put($input: PutItemInput!) { putItem(input: $input) ${SELECTION} }`,
      variables: { input },
    };
  },
};

export const get: Asked = {
  name: 'get',
  as: 'apiKey',
  body: (place, index) => ({
    query: `query Get($id: ID!) { getItem(id: $id) ${SELECTION} }`,
    variables: { id: idOf(unowned(place, index)) },
  }),
  problem: ({ getItem }) => (getItem ? null : 'no item'),
};

interface Connection {
  items: unknown[];
}

const page = (name: string, as: Asked['as'], items: number, variables: object): Asked => ({
  name,
  as,
  body: () => ({
    query: `query List($filter: ItemFilterInput, $limit: Int) {
      listItems(filter: $filter, limit: $limit) { items ${SELECTION} nextToken }
    }`,
    variables: { limit: items, ...variables },
  }),
  problem: ({ listItems }) => ((listItems as Connection).items.length > 0 ? null : 'an empty page'),
});

/** @param items of one page */
export const pageOfAll = (items: number): Asked => page(`page of ${items}`, 'apiKey', items, {});
export const pageOfOwner = (items: number): Asked => page(`owner's page of ${items}`, 'owner', items, {});
export const filteredPage = (items: number): Asked =>
  page(`page of ${items}, 1 % match`, 'apiKey', items, {
    filter: { payload: [{ path: 'group', eq: JSON.stringify(GROUP) }] },
  });
