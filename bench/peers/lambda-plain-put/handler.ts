import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoDbClient } from '../../../functions/dynamodb-client.ts';

/** What the Rust function beside this one does, and no more, with the client of this project's Lambda functions. */

interface Event {
  pathParameters?: { id?: string };
  body?: string;
  arguments?: { id?: string; payload?: unknown };
}

const client = DynamoDBDocumentClient.from(createDynamoDbClient());
const TableName = process.env['ITEMS_TABLE'];

const answer = (statusCode: number, body: object) => ({ statusCode, body: JSON.stringify(body) });

export async function handler(event: Event): Promise<{ statusCode: number; body: string }> {
  const id = event.pathParameters?.id ?? event.arguments?.id;
  if (!id?.trim()) {
    return answer(400, { message: 'id is required' });
  }
  try {
    const payload = event.body === undefined ? (event.arguments?.payload ?? null) : JSON.parse(event.body);
    await client.send(new PutCommand({ TableName, Item: { id, payload } }));
    return answer(200, { id, payload });
  } catch (error) {
    console.error(error);
    return answer(500, { message: 'internal error' });
  }
}
