import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createDynamoDb } from '../../../../functions/dynamodb/client.ts';
import { DynamoDbError } from '../../../../functions/dynamodb/dynamodb-error.ts';
import type { DynamoDb, TransactWriteItem } from '../../../../functions/dynamodb/dynamodb.ts';
import { type Engine, startEngine } from '../dynamodb-engine.ts';
import { serve } from '../scripted-server.ts';

afterEach(() => vi.unstubAllEnvs());

const KEY = { TableName: 'Items', Key: { id: { S: 'a' } } };

const open = (url: URL): DynamoDb =>
  createDynamoDb({
    url,
    region: 'eu-central-1',
    credentials: () => Promise.resolve({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }),
  });

const put = (id: string, more: object = {}): TransactWriteItem => ({
  Put: { TableName: 'Items', Item: { id: { S: id } }, ...more },
});

describe('with a real DynamoDB', () => {
  let engine: Engine;
  let dynamoDb: DynamoDb;
  beforeAll(async () => {
    engine = await startEngine();
    ({ dynamoDb } = engine.tables);
  });
  afterAll(() => engine.stop());

  test('reads what was written, every type as it is on the wire', async () => {
    const row = {
      id: { S: 'all types' },
      number: { N: '12345678901234567890123456789012345678' },
      bytes: { B: 'AAH/' },
      nested: { M: { constructor: { L: [{ NULL: true }, { BOOL: false }, { S: 'Grüße …' }] } } },
      sets: { SS: ['a', 'b'] },
    };

    await dynamoDb.transact([{ Put: { TableName: 'Items', Item: row } }]);

    expect(await dynamoDb.readRow({ TableName: 'Items', Key: { id: row.id } })).toEqual(row);
  });

  test('answers undefined where there is no row', async () => {
    expect(await dynamoDb.readRow(KEY)).toBeUndefined();
  });

  test('tells of each action why a transaction was cancelled, with the row that was in the way', async () => {
    await dynamoDb.transact([put('taken')]);
    const condition = {
      ConditionExpression: 'attribute_not_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };

    const cancelled = dynamoDb.transact([put('free'), put('taken', condition)]);

    await expect(cancelled).rejects.toBeInstanceOf(DynamoDbError);
    await expect(cancelled).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      reasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { id: { S: 'taken' } } }],
    });
    expect(await dynamoDb.readRow({ TableName: 'Items', Key: { id: { S: 'free' } } })).toBeUndefined();
  });

  test('tells what else DynamoDB refuses, by the name it has there', async () => {
    await expect(dynamoDb.readRow({ ...KEY, TableName: 'NoSuchTable' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('not found') as string,
      reasons: [],
    });
  });
});

test('asks for one operation of DynamoDB, signed for its region', async () => {
  const { url, received } = await serve((_, response) => response.end('{}'));

  await open(url).readRow(KEY);

  expect(received[0]!.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.GetItem',
    authorization: expect.stringMatching(
      /Credential=AKIAEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request/,
    ) as string,
  });
  expect(JSON.parse(received[0]!.body)).toEqual({ ...KEY, ConsistentRead: true });
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
    return { dynamoDb: open(url), received };
  }

  test.each<[string, Failure]>([
    ['throttled', refuse(400, 'ProvisionedThroughputExceededException')],
    ['an error of the server', refuse(500, 'InternalServerError')],
    ['no JSON', html],
    ['a broken connection', hangUp],
  ])(
    'by %s is made again, twice at most',
    async (_, failure) => {
      const twice = await failing(failure, 2);
      const always = await failing(failure, Infinity);

      await twice.dynamoDb.readRow(KEY);
      await expect(always.dynamoDb.readRow(KEY)).rejects.toThrow();

      expect([twice.received.length, always.received.length]).toEqual([3, 3]);
    },
    20_000,
  );

  test.each(['ValidationException', 'TransactionCanceledException', 'AccessDeniedException'])(
    'by %s is not made again',
    async (type) => {
      const { dynamoDb, received } = await failing(refuse(400, type), Infinity);

      await expect(dynamoDb.transact([put('a')])).rejects.toMatchObject({ name: type, message: 'no' });

      expect(received).toHaveLength(1);
    },
  );

  test('says what DynamoDB says, which has its message in either case', async () => {
    const { dynamoDb } = await failing(
      (response) => response.writeHead(400).end('{"Message":"no"}'),
      Infinity,
    );

    await expect(dynamoDb.readRow(KEY)).rejects.toThrow('no');
  });

  test('says the status where that is all there is to say', async () => {
    const { dynamoDb } = await failing((response) => response.writeHead(404).end('<html>'), Infinity);

    await expect(dynamoDb.readRow(KEY)).rejects.toMatchObject({
      name: 'UnknownError',
      message: 'DynamoDB answered HTTP 404',
    });
  });

  test('is the same call when it is made again: a transaction whose answer was lost is not done twice', async () => {
    const { dynamoDb, received } = await failing(hangUp, 1);

    await dynamoDb.transact([put('a')]);
    await dynamoDb.transact([put('a')]);

    const tokens = received.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });
});

describe('out of the environment', () => {
  const environment = {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAROLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
  };
  const stub = (variables: Record<string, string>) =>
    Object.entries(variables).forEach(([name, value]) => vi.stubEnv(name, value));

  test('come the URL, the region and the credentials of the role', async () => {
    const { url, received } = await serve((_, response) => response.end('{}'));
    stub({ ...environment, AWS_ENDPOINT_URL_DYNAMODB: url.href });

    await createDynamoDb().readRow(KEY);

    expect(received[0]!.headers).toMatchObject({
      'x-amz-security-token': 'session',
      authorization: expect.stringMatching(/Credential=AKIAROLE\/\d{8}\/eu-west-1\/dynamodb\//) as string,
    });
  });

  test.each([
    ['AWS_ENDPOINT_URL_DYNAMODB', 'give it the URL of DynamoDB'],
    ['AWS_REGION', 'give it the region of the tables'],
  ])('%s must be there', (name, hint) => {
    stub({ ...environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://localhost:8000', [name]: '' });

    expect(() => createDynamoDb()).toThrow(`environment variable ${name} is empty: ${hint}`);
  });

  test('a call without credentials says what is missing', async () => {
    stub({ ...environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1', AWS_ACCESS_KEY_ID: '' });

    await expect(createDynamoDb().readRow(KEY)).rejects.toThrow('AWS_ACCESS_KEY_ID');
  });
});
