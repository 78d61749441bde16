import { type DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { PutAnswer, RefusalAnswer } from '../../../../functions/put-validated-item/answer.ts';
import type { PutInput } from '../../../../functions/put-validated-item/check-input.ts';
import { makePut } from '../../../../functions/put-validated-item/put.ts';
import { documentClient } from '../../../../functions/put-validated-item/tables.ts';
import type { Caller } from '../../../../model/caller.ts';
import type { Item, StoredItem } from '../../../../model/item.ts';
import type { Kind } from '../../../../model/kinds/kind.ts';
import { kinds } from '../../../../schema/generated/kinds.js';
import { clientOf, type Engine, startEngine } from './dynamodb-engine.ts';

export const ADMIN: Caller = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
export const API_KEY: Caller = { readsAll: false, writesAll: false, writesOwn: true, owner: null };
export const ALICE: Caller = { ...API_KEY, owner: 'alice' };
export const BOB: Caller = { ...API_KEY, owner: 'bob' };

/** The time of a test, in epoch milliseconds, unless it says otherwise. */
export const NOW = Date.parse('2026-11-23T12:00:00.000Z');

/** Takes any payload; tests of what DynamoDB can keep need one. */
const anything: Kind = {
  kind: 'anything',
  schema: {},
  validate: () => true,
  unique: ['/tags/*', '/code'],
  references: [
    { path: '/parents/*', kind: null },
    { path: '/product', kind: 'product' },
  ],
  rules: [],
};

const byName = new Map([...kinds, anything].map((kind) => [kind.kind, kind]));

let counter = 0;
const fresh = (prefix: string): string => `${prefix}-${(counter += 1)}`;

/** A SKU no other test has. */
export const freshSku = (): string => fresh('SKU');

/** A valid product with a SKU of its own. */
export const product = (more: object = {}) => ({
  sku: freshSku(),
  name: 'Boots',
  price: { amountMinor: 12900, currency: 'EUR' },
  ...more,
});

export function written(answer: PutAnswer): Item {
  if ('error' in answer) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.item;
}

export function refused(answer: PutAnswer): RefusalAnswer['error'] {
  if ('item' in answer) {
    throw new Error(`was written: ${JSON.stringify(answer.item)}`);
  }
  return answer.error;
}

type Input = Partial<PutInput>;

/** The SDK makes a token where it serializes a command, so each pass through this middleware has its own. */
function forgetful({ endpoint }: Engine): DynamoDBDocumentClient {
  const client = documentClient(clientOf(endpoint));
  let isDone = false;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName?.startsWith('TransactWrite') && !isDone) {
          isDone = true;
          await next(args);
        }
        return next(args);
      },
    { step: 'initialize' },
  );
  return client;
}

/** Starts an empty table for the tests of a file; `put` writes as the API key, an item of a fresh id and kind product. */
export function useTables() {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  const putAs = (caller: Caller, input: Input, now = NOW): Promise<PutAnswer> =>
    makePut(engine.tables, byName, () => now)({ id: fresh('item'), kind: 'product', ...input }, caller);

  return {
    putAs,
    put: (input: Input, now = NOW): Promise<PutAnswer> => putAs(API_KEY, input, now),

    async stored(id: string): Promise<StoredItem | undefined> {
      const { Item } = await engine.tables.client.send(new GetCommand({ TableName: 'Items', Key: { id } }));
      return Item as StoredItem | undefined;
    },

    /** Puts with an engine that does the first transaction twice, because it has forgotten its request token in between. */
    async putForgotten(input: Input): Promise<PutAnswer> {
      const client = forgetful(engine);
      const put = makePut({ ...engine.tables, client }, byName);
      return put({ id: fresh('item'), kind: 'product', ...input }, API_KEY).finally(() => client.destroy());
    },

    store: (item: StoredItem) =>
      engine.tables.client.send(new PutCommand({ TableName: 'Items', Item: item })),

    /** Gives a value to an item behind the Lambda function's back. */
    storeClaim: (pk: string, itemId: string) =>
      engine.tables.client.send(new PutCommand({ TableName: 'Constraints', Item: { pk, itemId } })),

    async referrersOf(id: string): Promise<number> {
      const key = { TableName: 'Constraints', Key: { pk: `referrers#${id}` } };
      const { Item } = await engine.tables.client.send(new GetCommand(key));
      return (Item?.['referrers'] as number | undefined) ?? 0;
    },

    async claimsHeldBy(id: string): Promise<string[]> {
      const { Items = [] } = await engine.tables.client.send(new ScanCommand({ TableName: 'Constraints' }));
      const held = Items.filter(({ itemId }) => itemId === id);
      return held.map(({ pk }) => pk as string).sort();
    },
  };
}
