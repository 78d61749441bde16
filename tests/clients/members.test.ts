import { expect, it, onTestFinished, vi } from 'vitest';
import WebSocket from 'ws';
import { LOCAL_CREDENTIALS } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { serverForClients } from '../../packages/appsync-local/tests/clients/harness/server.ts';
import { signerFor } from '../../packages/appsync-local/tests/harness/sign.ts';
import {
  createLiveItems,
  graphqlRequest,
  type Item,
  itemChanges,
  type WebSocketClass,
  withSignature,
} from '../../packages/live-items/src/index.ts';
import type { Answered } from '../../schema/answered.ts';
import { PutItemDocument, type PutItemMutation } from '../../schema/generated/operations.ts';
import { comparable, itemMembers, valuesFor } from '../harness/item-members.ts';

const server = serverForClients();
const authorization = withSignature(signerFor(LOCAL_CREDENTIALS));

async function put(id: string, turn: number): Promise<Item> {
  const variables = { input: { id, ...valuesFor('PutItemInput', turn), owner: 'somebody' } };
  const options = { url: server.graphqlUrl(), authorization };
  const query = String(PutItemDocument);
  return (await graphqlRequest<Answered<PutItemMutation>>(options, { query, variables })).putItem;
}

it('a view has every member of an item: read, heard of, and from the log', async () => {
  const first = await put('read', 1);

  const live = createLiveItems({
    url: server.graphqlUrl(),
    authorization,
    webSocket: WebSocket as WebSocketClass,
  });
  onTestFinished(() => live.stop());
  await live.ready;
  const second = await put('heard', 2);
  await vi.waitFor(() => expect(live.items.has('heard')).toBe(true), { timeout: 60_000 });
  const log = itemChanges({ url: server.graphqlUrl(), authorization });
  const { value: page } = await log.next();
  await log.return();

  expect(Object.keys(first).sort()).toEqual([...itemMembers].sort());
  expect(comparable(live.items.get('read'))).toEqual(comparable(first));
  expect(comparable(live.items.get('heard'))).toEqual(comparable(second));
  expect(comparable(page!.changes[0]!.item)).toEqual(comparable(first));
});
