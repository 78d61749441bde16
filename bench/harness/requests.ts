/** What clients ask of every contender: the same documents, ids and payload. */

const SELECTION = '{ id version payload createdAt updatedAt }';

export const PUT = {
  field: 'putItem',
  query: `mutation Put($input: PutItemInput!) { putItem(input: $input) ${SELECTION} }`,
};

export const GET = {
  field: 'getItem',
  query: `query Get($id: ID!) { getItem(id: $id) ${SELECTION} }`,
};

/** Enough for connections not to meet on one item. */
export const IDS = Array.from({ length: 1000 }, (_, index) => `bench-${index}`);

/** 200 bytes of JSON, with what payloads usually have: texts, numbers, a list, an object. */
export const PAYLOAD = {
  name: 'Desk, height-adjustable',
  sku: 'DSK-2041-OAK',
  price: 549.9,
  stock: 37,
  active: true,
  tags: ['office', 'oak', 'electric'],
  dimensions: { width: 160, depth: 80, height: 65 },
  note: 'Two parcels',
};

const PAYLOAD_TEXT = JSON.stringify(PAYLOAD);

export const putBody = (id: string): string =>
  JSON.stringify({ query: PUT.query, variables: { input: { id, payload: PAYLOAD_TEXT } } });

export const getBody = (id: string): string => JSON.stringify({ query: GET.query, variables: { id } });
