/** What every client does here: write an item, read it, hear of it. */
const ITEM = '{ id version owner payload }';

export const PUT_ITEM = `mutation PutItem($input: PutItemInput!) { putItem(input: $input) ${ITEM} }`;
export const GET_ITEM = `query GetItem($id: ID!) { getItem(id: $id) ${ITEM} }`;
export const ON_PUT_ITEM = `subscription OnPutItem($id: ID) { onPutItem(id: $id) ${ITEM} }`;

/** The payload that is written, as JSON text. */
export const PAYLOAD = '{"a":1}';

export interface Item {
  id: string;
  version: number;
  owner: string | null;
  payload: string;
}

/** What must come back, whichever way it comes. */
export const itemOf = (id: string, owner: string | null = null): Item => ({
  id,
  version: 1,
  owner,
  payload: PAYLOAD,
});
