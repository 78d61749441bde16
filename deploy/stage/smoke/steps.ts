import { randomUUID } from 'node:crypto';
import {
  DeleteItemDocument,
  GetItemDocument,
  OnItemChangeDocument, // part: change-feed
  PutItemDocument,
  PutValidatedItemDocument,
} from '../../../schema/generated/operations.ts';
import { dataOf, refusedAs, type Target, Unexpected } from './api.ts';
import { Subscription } from './subscription.ts'; // part: change-feed

/** A step of the smoke test: what it does, and the doing. */
export type Step = [name: string, run: () => Promise<void>];

/**
 * What a stage must be able to do, in order, with items of its own that nobody else has.
 * @param clean removes what was put, whatever happened
 */
export function smokeSteps(target: Target): { steps: Step[]; clean(): Promise<void> } {
  const id = `smoke-${randomUUID()}`;
  const product = `${id}-product`; // part: validated-items
  const ids = [
    id,
    product, // part: validated-items
  ];
  const payload = JSON.stringify({ smoke: id });
  let changes: Subscription<{ onItemChange?: { id: string } | null | undefined }> | undefined; // part: change-feed

  const steps: Step[] = [
    // part: change-feed
    [
      'subscribe',
      async () => {
        changes = await Subscription.open(target, OnItemChangeDocument, { filter: { id: { eq: id } } });
      },
    ],
    // end: change-feed
    ['put', async () => void (await dataOf(target, PutItemDocument, { input: { id, payload } }))],
    [
      'get',
      async () => {
        const { getItem } = await dataOf(target, GetItemDocument, { id });
        same('the payload', JSON.parse(String(getItem?.payload)), JSON.parse(payload));
      },
    ],
    // part: change-feed
    ['hear of the put', async () => same('the id', (await changes?.event())?.onItemChange?.id, id)],
    // end: change-feed
    // part: validated-items
    [
      'refuse a wrong product',
      () =>
        refusedAs('ValidationFailed', target, PutValidatedItemDocument, {
          input: { id: product, kind: 'product', payload: '{"sku":"not a sku"}' },
        }),
    ],
    [
      'put a right product',
      async () => {
        const right = { sku: skuOf(id), name: 'Smoke', price: { amountMinor: 1, currency: 'EUR' } };
        const input = { id: product, kind: 'product', payload: JSON.stringify(right) };
        await dataOf(target, PutValidatedItemDocument, { input });
      },
    ],
    // end: validated-items
    ['delete', async () => void (await Promise.all(ids.map(remove)))],
    [
      'get nothing',
      async () => same('the item', (await dataOf(target, GetItemDocument, { id })).getItem, null),
    ],
  ];
  const remove = (each: string) => dataOf(target, DeleteItemDocument, { input: { id: each } });
  return {
    steps,
    async clean() {
      changes?.close(); // part: change-feed
      await Promise.allSettled(ids.map(remove));
    },
  };
}

// part: validated-items
/** SKUs are unique, and in capitals: `SMOKE-1A2B3C4D`. */
const skuOf = (id: string): string => id.slice(0, 14).toUpperCase();
// end: validated-items

function same(what: string, seen: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (a !== b) {
    throw new Unexpected(`${what} is ${a}, expected ${b}`);
  }
}
