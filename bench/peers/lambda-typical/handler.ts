import { Logger } from '@aws-lambda-powertools/logger';
import { Tracer } from '@aws-lambda-powertools/tracer';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';

/** As Powertools' own pages show it: a traced client, a logger, a schema in zod. It reads and writes what ours does. */

const text = z.string().min(1).max(200);
const sku = z
  .string()
  .regex(/^[A-Z0-9]+(-[A-Z0-9]+)*$/)
  .max(40);
const price = z.strictObject({ amountMinor: z.number().int().min(0), currency: z.string().length(3) });
const Product = z.strictObject({
  sku,
  name: text,
  gtin: z
    .string()
    .regex(/^[0-9]{13}$/)
    .optional(),
  price,
  variants: z
    .array(z.strictObject({ sku, options: z.record(z.string(), text), price: price.optional() }))
    .max(50)
    .optional(),
  categories: z.array(z.string().max(100)).max(20).optional(),
  releasedOn: z.iso.date().optional(),
  homepage: z.url().max(2000).optional(),
  discontinued: z.boolean().optional(),
});
const Input = z.object({ id: text, kind: z.literal('product'), payload: Product });

const logger = new Logger({ serviceName: 'items' });
const tracer = new Tracer({ serviceName: 'items' });
const client = DynamoDBDocumentClient.from(tracer.captureAWSv3Client(new DynamoDBClient({})));
const TableName = process.env['ITEMS_TABLE'];

export async function handler({ input }: { input: unknown }): Promise<unknown> {
  const { id, kind, payload } = Input.parse(input);
  const { Item } = await client.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }));
  const now = new Date().toISOString();
  const item = {
    id,
    kind,
    payload,
    version: Number(Item?.['version'] ?? 0) + 1,
    createdAt: now,
    updatedAt: now,
  };
  await client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: item } }] }));
  logger.info('written', { id });
  return { item };
}
