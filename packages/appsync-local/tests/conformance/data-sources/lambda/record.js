import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

/** Keeps what an EventBridge rule delivered, under the id that the event's detail or the target's input names. */
export const handler = async (event) => {
  const id = event.detail ? `${event.detail.id}` : `${event.id}`;
  const Item = { id: { S: `delivered ${id}` }, event: { S: JSON.stringify(event) } };
  await client.send(new PutItemCommand({ TableName: process.env.TABLE, Item }));
};
