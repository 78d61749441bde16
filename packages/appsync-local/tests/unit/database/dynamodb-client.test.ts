import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createDynamoDbClient, type DynamoDbClient } from '../../../src/database/dynamodb-client.ts';

/** A DynamoDB that answers as told, one answer a request, the last one for ever. */
async function answering(...answers: [number, object][]) {
  const requests: { headers: Record<string, unknown>; body: string }[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const [status, answer] = answers[Math.min(requests.length, answers.length - 1)] ?? [500, {}];
      requests.push({ headers: request.headers, body });
      response.statusCode = status;
      response.setHeader('x-amzn-RequestId', 'REQUEST').end(JSON.stringify(answer));
    });
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** A DynamoDB that resets the connection at its second request, as a server does that has closed one for being idle. */
async function resettingSecond() {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (requests === 2) {
      request.socket.resetAndDestroy();
    } else {
      response.end('{}');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}

function open(endpoint: string, more: { sign?: 'env'; answersWithLength?: boolean }): DynamoDbClient {
  const made = createDynamoDbClient({ endpoint, region: 'eu-west-1', ...more });
  onTestFinished(() => made.close());
  return made;
}

const type = (name: string) => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'words' });

afterEach(() => vi.unstubAllEnvs());

describe.each([
  ['any DynamoDB', false],
  ['the embedded engine', true],
])('over the connections to %s', (_name, answersWithLength) => {
  const client = (endpoint: string): DynamoDbClient => open(endpoint, { answersWithLength });

  test('sends the operation and returns the answer', async () => {
    const { endpoint, requests } = await answering([200, { Item: { id: { S: 'ä' } } }]);

    const answer = await client(endpoint).call('GetItem', { TableName: 'ü' });

    expect(answer).toEqual({ Item: { id: { S: 'ä' } } });
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ TableName: 'ü' });
    expect(requests[0]?.headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'content-type': 'application/x-amz-json-1.0',
    });
  });

  test('calls DynamoDB Streams by its own name', async () => {
    const { endpoint, requests } = await answering([200, {}]);

    await client(endpoint).call('GetRecords', {});

    expect(requests[0]?.headers['x-amz-target']).toBe('DynamoDBStreams_20120810.GetRecords');
  });

  test('throws what DynamoDB says, with items and reasons', async () => {
    const more = { Item: { id: { S: '1' } }, CancellationReasons: [{ Code: 'None' }] };
    const { endpoint, requests } = await answering([
      400,
      { ...type('TransactionCanceledException'), ...more },
    ]);

    const call = client(endpoint).call('TransactWriteItems', {});

    await expect(call).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: 'words',
      statusCode: 400,
      requestId: 'REQUEST',
      item: more.Item,
      cancellationReasons: more.CancellationReasons,
    });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['throttling', [400, type('ProvisionedThroughputExceededException')]],
    ['a server error', [500, type('InternalServerError')]],
    ['a proxy’s error', [503, { not: 'dynamodb' }]],
  ] as [string, [number, object]][])('tries again after %s', async (_title, answer) => {
    const { endpoint, requests } = await answering(answer, answer, [200, { done: true }]);

    const result = await client(endpoint).call('PutItem', {});

    expect(result).toEqual({ done: true });
    expect(requests).toHaveLength(3);
  });

  test('gives up after three attempts', async () => {
    const { endpoint, requests } = await answering([400, type('ThrottlingException')]);

    const call = client(endpoint).call('PutItem', {});

    await expect(call).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(requests).toHaveLength(3);
  });

  test('reads again over another connection when the first one was reset', async () => {
    const { endpoint, requests } = await resettingSecond();
    const { call } = client(endpoint);
    await call('DescribeTable', {});

    const result = await call('DescribeTable', {});

    expect(result).toEqual({});
    expect(requests()).toBe(3);
  });

  test('does not write again when the connection was reset, for it may have been written', async () => {
    const { endpoint, requests } = await resettingSecond();
    const { call } = client(endpoint);
    await call('PutItem', {});

    const again = call('PutItem', {});

    await expect(again).rejects.toThrow(
      'DynamoDB cannot be reached: the connection was closed before it answered',
    );
    expect(requests()).toBe(2);
  });

  test('says so when DynamoDB cannot be reached, without naming an address', async () => {
    const call = client('http://127.0.0.1:1').call('GetItem', {});

    await expect(call).rejects.toMatchObject({
      name: 'DynamoDbException',
      message: 'DynamoDB cannot be reached: the connection was refused',
      statusCode: 0,
    });
  });

  test('fails calls that are under way when it is closed', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void (server.closeAllConnections(), server.close()));
    const closing = client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const call = closing.call('GetItem', {});
    call.catch(() => {});
    await once(server, 'connection');

    await closing.close();

    await expect(call).rejects.toMatchObject({ name: 'DynamoDbException' });
  });
});

test('signs with the environment’s credentials when asked to', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  const { endpoint, requests } = await answering([200, {}]);

  await open(endpoint, { sign: 'env' }).call('GetItem', {});

  expect(requests[0]?.headers).toMatchObject({
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIATEST\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, .*Signature=[0-9a-f]{64}$/,
    ),
    'x-amz-security-token': 'session',
  });
});
