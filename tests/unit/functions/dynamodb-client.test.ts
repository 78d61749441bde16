import type { ServerResponse } from 'node:http';
import {
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDynamoDbClient } from '../../../functions/dynamodb-client.ts';
import { serve } from './harness/scripted-server.ts';

/** What the Lambda functions rely on, of the SDK and of how it is set up, whatever its version. */

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAROLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
};
beforeEach(() => {
  for (const [name, value] of Object.entries(ENVIRONMENT)) {
    vi.stubEnv(name, value);
  }
});
afterEach(() => vi.unstubAllEnvs());

const KEY = { TableName: 'Items', Key: { id: { S: 'a' } } };
const get = (client: DynamoDBClient) => client.send(new GetItemCommand(KEY));

const ACTION: TransactWriteItem = { Put: { TableName: 'Items', Item: { id: { S: 'a' } } } };
const put = (client: DynamoDBClient) =>
  client.send(new TransactWriteItemsCommand({ TransactItems: [ACTION] }));

test('finds region, endpoint and credentials in the environment', async () => {
  const { url, received } = await serve((_, response) => response.end('{}'));
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', url.href);

  await get(createDynamoDbClient());

  expect(received[0]!.headers).toMatchObject({
    'x-amz-target': 'DynamoDB_20120810.GetItem',
    'x-amz-security-token': 'session',
    'user-agent': expect.stringMatching(/^aws-sdk-js\/3\./) as string,
    authorization: expect.stringMatching(/Credential=AKIAROLE\/\d{8}\/eu-west-1\/dynamodb\//) as string,
  });
});

test('finds the endpoint of its region by itself, in any partition', async () => {
  const { endpointProvider } = createDynamoDbClient().config;

  expect(endpointProvider({ Region: 'eu-west-1' }).url.href).toBe(
    'https://dynamodb.eu-west-1.amazonaws.com/',
  );
  expect(endpointProvider({ Region: 'cn-north-1' }).url.hostname).toBe(
    'dynamodb.cn-north-1.amazonaws.com.cn',
  );
});

test('keeps its connection', async () => {
  const { url, received, connections } = await serve((_, response) => response.end('{}'));
  const client = createDynamoDbClient({ endpoint: url.href });

  await get(client);
  await get(client);

  expect([received.length, connections()]).toEqual([2, 1]);
});

test('waits so long and no longer', async () => {
  const { requestHandler, maxAttempts } = createDynamoDbClient().config;
  // The handler loads its settings at its first request.
  await requestHandler.handle({} as never).catch(() => undefined);

  expect(await maxAttempts()).toBe(3);
  expect((requestHandler as NodeHttpHandler).httpHandlerConfigs()).toMatchObject({
    connectionTimeout: 1000,
    requestTimeout: 3000,
    throwOnRequestTimeout: true,
    socketTimeout: 3000,
  });
});

describe('a call that fails', () => {
  type Failure = (response: ServerResponse) => void;
  const refuse =
    (status: number, type: string): Failure =>
    (response) =>
      response
        .writeHead(status)
        .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no' }));
  const html: Failure = (response) => response.writeHead(503).end('<html>Service Unavailable</html>');
  const hangUp: Failure = (response) => response.destroy();

  /** A DynamoDB that fails in this way so many times, and then answers. */
  async function failing(failure: Failure, times: number) {
    let left = times;
    const { url, received } = await serve((_, response) => {
      left -= 1;
      if (left < 0) {
        response.end('{}');
      } else {
        failure(response);
      }
    });
    return { client: createDynamoDbClient({ endpoint: url.href }), received };
  }

  test.each<[string, Failure]>([
    ['throttled', refuse(400, 'ProvisionedThroughputExceededException')],
    ['an error of the server', refuse(500, 'InternalServerError')],
    ['no JSON', html],
    ['a broken connection', hangUp],
  ])('by %s is made again, twice at most', async (_, failure) => {
    const twice = await failing(failure, 2);
    const always = await failing(failure, Infinity);

    await get(twice.client);
    await expect(get(always.client)).rejects.toThrow();

    expect([twice.received.length, always.received.length]).toEqual([3, 3]);
  });

  test.each(['ValidationException', 'TransactionCanceledException', 'AccessDeniedException'])(
    'by %s is not made again',
    async (type) => {
      const { client, received } = await failing(refuse(400, type), Infinity);

      await expect(put(client)).rejects.toMatchObject({ name: type, message: 'no' });

      expect(received).toHaveLength(1);
    },
  );

  test('is the same call when it is made again: a transaction whose answer was lost is not done twice', async () => {
    const { client, received } = await failing(hangUp, 1);

    await put(client);
    await put(client);

    const tokens = received.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });

  test('because the clock is wrong is made again with the time of the server', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000);
    const { client, received } = await failing((response) => {
      response.setHeader('date', inAnHour.toUTCString());
      refuse(400, 'RequestExpired')(response);
    }, 1);

    await get(client);

    const [first, second] = received.map(({ headers }) => headers['x-amz-date'] as string);
    const hour = (text: string): number => Number(text.slice(9, 11));
    expect((hour(second!) - hour(first!) + 24) % 24).toBe(1);
  });
});

test('copies no input and no output for a log that nobody writes', () => {
  expect(createDynamoDbClient().config.logger.info).toBeUndefined();
});
