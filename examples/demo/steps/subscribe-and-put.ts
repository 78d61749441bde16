import {
  OnItemChangeDocument,
  type OnItemChangeSubscription,
  PutItemDocument,
} from '../../../schema/generated/operations.ts';
import { compactItem } from '../compact.ts';
import { expectEqual } from '../expect.ts';
import type { Tour } from '../step.ts';
import { subscribe, type Subscription } from '../subscription.ts';
import { NOTE_ID, noteInput, shownNote } from './note.ts';

/** Subscribes to the changes of one id, puts it and shows the event that arrives. */
export async function subscribeAndPut(tour: Tour): Promise<void> {
  const { urls, latencies, screen } = tour;
  screen.step('4 subscribe');
  screen.sent(`onItemChange {"id":{"eq":"${NOTE_ID}"}}, over ${urls.realtime}`);
  const begun = performance.now();
  const subscription = await subscribe(urls, OnItemChangeDocument, { filter: { id: { eq: NOTE_ID } } });
  const ms = performance.now() - begun;
  latencies.record('onItemChange', ms);
  screen.received('start_ack', ms);
  await putAndHear(tour, subscription).finally(() => subscription.close());
}

async function putAndHear(
  { api, latencies, screen }: Tour,
  subscription: Subscription<OnItemChangeSubscription>,
): Promise<void> {
  const input = { payload: { text: 'Buy milk', done: false } };
  screen.sent(`putItem ${shownNote(input)}`);
  const begun = performance.now();
  const [{ value: item }, event] = await Promise.all([
    api.succeed('putItem', PutItemDocument, { input: noteInput(input) }),
    subscription.next(),
  ]);
  const ms = event.at - begun;
  latencies.record('put to its event', ms);
  expectEqual('the event', withPayload(event.data.onItemChange?.item), withPayload(item));
  screen.received(`event ${compactItem(item)}`, ms);
}

/** The payload as a value: the order of an object's members means nothing, and DynamoDB keeps none. */
const withPayload = (item: { payload: string | null } | null | undefined): object => ({
  ...item,
  payload: JSON.parse(item?.payload ?? 'null') as unknown,
});
