import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../src/database/engine.ts';
import { refusalOf } from './harness/command.ts';
import { freePort } from './harness/free-port.ts';
import { dynamoDbClient, itemsTable } from './harness/items-table.ts';
import { printed, putItem, startLocal } from './harness/local-server.ts';
import { commandOf, descendantsOf } from './harness/processes.ts';

const CREDENTIALS = { accessKeyId: 'anybody', secretAccessKey: 'anything' };
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
};

it('uses the DynamoDB that --dynamodb-endpoint names, and starts none', async () => {
  const engine = await startEngine({ memory: true, log: () => undefined });
  onTestFinished(() => engine.close());
  const client = dynamoDbClient(engine.endpoint, CREDENTIALS);

  const server = await startLocal(['--memory', '--dynamodb-endpoint', engine.endpoint], ENVIRONMENT);
  await putItem(server.origin, 'one');

  const TableName = await itemsTable(client);
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: 'one' } } }));
  expect(Item).toMatchObject({ payload: { M: { from: { S: 'one' } } } });
  expect(printed(server, 'DynamoDB URL')).toBe(engine.endpoint);
  expect(descendantsOf(server.process.pid!).map(commandOf).join('\n')).not.toContain('dynoxide');
});

it('says so in one line when nothing answers there', async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;

  const reason = await refusalOf(['--memory', '--port', '0', '--dynamodb-endpoint', endpoint], ENVIRONMENT);

  expect(reason).toBe(
    `DynamoDB at ${endpoint} does not answer; start it, or pass another --dynamodb-endpoint`,
  );
});
