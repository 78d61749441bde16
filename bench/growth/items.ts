/** The items of a filled table, and what is asked of them. */

/** Every tenth item belongs to this Cognito user, every other one to nobody. */
export const OWNER = 'grower';
/** One item in so many is in each group. */
export const GROUPS = 100;
/** A group whose items all belong to nobody. */
export const GROUP = 'g7';

export const idOf = (index: number): string => `item-${index}`;
export const isOwned = (index: number): boolean => index % 10 === 0;

/** An object of so many bytes of JSON. @param bytes at least 60 */
export function payloadOf(index: number, bytes: number): object {
  const payload = { group: `g${index % GROUPS}`, number: index, text: '' };
  return { ...payload, text: 'x'.repeat(bytes - JSON.stringify(payload).length) };
}

const TIME = '2026-11-24T00:00:00.000Z';

/** The item as the resolvers store it, in DynamoDB's JSON, on one line. */
export function storedItem(index: number, bytes: number): string {
  const { group, number, text } = payloadOf(index, bytes) as { group: string; number: number; text: string };
  const owner = isOwned(index) ? `,"owner":{"S":"${OWNER}"}` : '';
  return (
    `{"id":{"S":"${idOf(index)}"},"version":{"N":"1"},"createdAt":{"S":"${TIME}"},"updatedAt":{"S":"${TIME}"}${owner},` +
    `"payload":{"M":{"group":{"S":"${group}"},"number":{"N":"${number}"},"text":{"S":"${text}"}}}}`
  );
}
