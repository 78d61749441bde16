import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Random } from '../../../packages/appsync-local/tests/harness/random.ts';
import { itemsTable } from '../../../packages/appsync-local/tests/server/harness/items-table.ts';
import { graphqlRequest, type RequestOptions } from '../../../packages/live-items/src/index.ts';
import {
  DeleteItemDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../../schema/generated/operations.ts';
import { product } from '../../api/harness/product.ts';

/** Makes a write, or several. @returns how many changes it certainly made */
export type Write = () => Promise<number>;

const later = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const payloadOf = (random: Random): string => JSON.stringify({ value: random.below(1e9) });

/**
 * The writes that the API has.
 *
 * @param prefix of the ids it writes, few enough to be written again and again
 * @param owners whom it puts items in the name of; default: as the caller does
 */
export function graphqlWriter(
  options: RequestOptions,
  random: Random,
  prefix: string,
  owners: readonly (string | null | undefined)[] = [undefined],
): Write {
  const ask = (document: unknown, input: object): Promise<unknown> =>
    graphqlRequest(options, { query: String(document), variables: { input } });
  const id = (): string => `${prefix}-${random.below(300)}`;

  return async () => {
    const payload = payloadOf(random);
    const owner = random.oneOf(owners);
    switch (random.below(10)) {
      case 0: {
        const count = 60 + random.below(40);
        const from = random.below(300);
        const items = Array.from({ length: count }, (_, place) => ({
          id: `${prefix}-${from + place}`,
          payload,
          owner,
        }));
        await ask(PutItemsDocument, { items });
        return count;
      }
      case 1:
        await ask(PutItemDocument, {
          id: `${prefix}-short-${random.below(1e9)}`,
          payload,
          expiresAt: later(3),
        });
        return 1;
      case 2:
      case 3:
        return (await hasItem(ask(DeleteItemDocument, { id: id() }))) ? 1 : 0;
      // part: validated-items
      case 4:
        await ask(PutValidatedItemDocument, {
          id: `${prefix}-product-${random.below(50)}`,
          kind: 'Product',
          payload: JSON.stringify(product()),
        });
        return 1;
      // end: validated-items
      case 5:
      case 6:
      case 7:
        await ask(UpdateItemDocument, { id: id(), payload }).catch(unlessMissing);
        return 0;
      default:
        await ask(PutItemDocument, { id: id(), payload, owner });
        return 1;
    }
  };
}

const hasItem = async (deleted: Promise<unknown>): Promise<boolean> =>
  ((await deleted) as { deleteItem: unknown }).deleteItem !== null;

function unlessMissing(error: { errors?: { errorType?: string }[] }): void {
  if (error.errors?.[0]?.errorType !== 'NotFound') {
    throw error;
  }
}

/** A script with an SDK, past the API. @param endpoint asked for again, because it changes with a restart */
export function sdkWriter(endpoint: () => string, random: Random, prefix: string): Write {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const now = (): string => new Date().toISOString();

  return async () => {
    const client = new DynamoDBClient({
      endpoint: endpoint(),
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
    const documents = DynamoDBDocumentClient.from(client);
    try {
      const TableName = await itemsTable(client);
      const from = random.below(200);
      const items = Array.from({ length: 25 }, (_, place) => ({
        id: `${prefix}-${from + place}`,
        payload: { value: random.below(1e9) },
        version: 1 + random.below(1e6),
        createdAt: now(),
        updatedAt: now(),
      }));
      await documents.send(
        new BatchWriteCommand({
          RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
        }),
      );
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: { id: items[0]!.id },
          UpdateExpression: 'SET version = version + :one, updatedAt = :now, payload = :payload',
          ExpressionAttributeValues: { ':one': 1, ':now': now(), ':payload': 'updated' },
        }),
      );
      return 26;
    } finally {
      client.destroy();
    }
  };
}
