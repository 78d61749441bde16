/** What every client does here: write an item, read it, hear of it. */
const ITEM = '{ id version owner payload }';

export const PUT_ITEM = `mutation PutItem($input: PutItemInput!) { putItem(input: $input) ${ITEM} }`;
export const GET_ITEM = `query GetItem($id: ID!) { getItem(id: $id) ${ITEM} }`;

/** A subscription to one id, and the data that reaches it when the item is put. */
export interface Subscription {
  query: string;
  eventOf(item: Item): object;
}

/** For Cognito users and IAM callers: what the mutation selected. */
export const ON_PUT_ITEM: Subscription = {
  query: `subscription OnPutItem($id: ID) { onPutItem(id: $id) ${ITEM} }`,
  eventOf: (item) => ({ onPutItem: item }),
};

// part: change-feed
/** For everybody, API keys among them: the item whole, whatever the mutation selected. */
export const ON_ITEM_CHANGE: Subscription = {
  query: `subscription OnItemChange($id: String) { onItemChange(filter: { id: { eq: $id } }) { item ${ITEM} } }`,
  eventOf: (item) => ({ onItemChange: { item } }),
};
// end: change-feed

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
