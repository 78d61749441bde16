/**
 * Loads a file of DynamoDB JSON as people do by the SDK: 25 items in a request, one request after the other, what was not
 * processed again.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

const [file, endpoint, table] = process.argv.slice(2);
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
const AT_ONCE = 25;

async function write(requests) {
  for (let left = { [table]: requests }; Object.keys(left).length > 0;) {
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: left }));
    left = UnprocessedItems;
  }
}

let requests = [];
for await (const line of createInterface({ input: createReadStream(file) })) {
  requests.push({ PutRequest: { Item: JSON.parse(line).Item } });
  if (requests.length === AT_ONCE) {
    await write(requests);
    requests = [];
  }
}
if (requests.length > 0) {
  await write(requests);
}
client.destroy();
