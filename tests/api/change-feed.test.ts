import { describe, expect, test } from 'vitest';
import {
  DeleteItemDocument,
  GetItemDocument,
  ItemChangesDocument,
  OnItemChangeDocument,
  PublishItemChangeDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../schema/generated/operations.ts';
import { fail, graphql, newId, subscribe, succeed } from './harness/api.ts';
import { product } from './harness/product.ts';
import { apiKey, type Credentials, iam, user } from './harness/target.ts';

type Change = Record<string, unknown> & { id: string; order: string };

const subscribeTo = async (filter: object, credentials: Credentials = apiKey) => {
  const subscription = await subscribe(OnItemChangeDocument, { filter }, credentials);
  return {
    next: async (timeoutMs?: number): Promise<Change> => {
      const { data, errors } = await subscription.next(timeoutMs);
      expect(errors).toBeUndefined();
      return data!.onItemChange as Change;
    },
    close: () => subscription.close(),
  };
};

/** All changes of these items that the log has for a caller, until so many are there. */
async function logged(ids: string[], count: number, credentials: Credentials = apiKey): Promise<Change[]> {
  const found = new Map<string, Change>();
  let since: string | null = 'PT5M';
  for (let page = 0; page < 200 && found.size < count; page += 1) {
    const { itemChanges }: { itemChanges: { changes: unknown[]; cursor: string } } = await succeed(
      ItemChangesDocument,
      { since, limit: 100 },
      credentials,
    );
    for (const change of itemChanges.changes as Change[]) {
      if (ids.includes(change.id)) found.set(`${change.id} ${change.order}`, change);
    }
    since = itemChanges.cursor;
    if (itemChanges.changes.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return [...found.values()];
}

test('put, update and delete are told as they are in the log, complete and in order', async () => {
  const id = newId();
  const feed = await subscribeTo({ id: { eq: id } });

  const { putItem } = await succeed(PutItemDocument, {
    input: { id, payload: '{"a":1}', expiresAt: 9_999_999_999 },
  });
  const { updateItem } = await succeed(UpdateItemDocument, { input: { id, payload: '{"b":2}' } });
  await succeed(DeleteItemDocument, { input: { id } });

  const told = [await feed.next(), await feed.next(), await feed.next()];
  const about = { id, kind: null, owner: '', payloadOmitted: false };
  expect(told).toMatchObject([
    { ...about, type: 'CREATED', version: 1, item: putItem, previous: null },
    { ...about, type: 'UPDATED', version: 2, item: updateItem, previous: putItem },
    { ...about, type: 'DELETED', version: 2, item: null, previous: updateItem },
  ]);
  const orders = told.map(({ order }) => order);
  expect(orders).toEqual([...orders].sort());
  expect(new Set(orders).size).toBe(3);
  expect(await logged([id], 3)).toEqual(told);
  feed.close();
});
