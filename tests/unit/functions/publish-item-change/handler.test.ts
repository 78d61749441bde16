import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { handler as Handler } from '../../../../functions/publish-item-change/handler.ts';
import { type Engine, startEngine } from '../harness/dynamodb-engine.ts';
import { image, order, record } from '../harness/records.ts';

const CONTEXT = {
  awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  getRemainingTimeInMillis: () => 30_000,
};

let engine: Engine;
let api: Server;
let requests: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 200;

beforeAll(async () => {
  engine = await startEngine();
  api = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ headers: request.headers, body });
      response.writeHead(status).end('{"data":{"publishItemChange":{}}}');
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  requests = [];
  status = 200;
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
afterAll(async () => {
  api.close();
  await engine.stop();
});

/** The Lambda function reads its environment when it is loaded. */
async function load(more: Record<string, string> = {}): Promise<typeof Handler> {
  vi.resetModules();
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    CHANGES_TABLE: 'Changes',
    GRAPHQL_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}/graphql`,
    ...more,
  };
  for (const [name, value] of Object.entries(environment)) {
    vi.stubEnv(name, value);
  }
  return (await import('../../../../functions/publish-item-change/handler.ts')).handler;
}

test('appends to the table and publishes to the API of its environment, signed, and logs no payload', async () => {
  const handler = await load();
  const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const owner = 'handler';

  const answer = await handler({ Records: [record(null, image({ owner: { S: owner } }))] }, CONTEXT);

  const { Items } = await engine.client.send(
    new QueryCommand({
      TableName: 'Changes',
      KeyConditionExpression: '#log = :log',
      ExpressionAttributeNames: { '#log': 'log' },
      ExpressionAttributeValues: { ':log': { S: `owner#${owner}` } },
    }),
  );
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(Items).toHaveLength(1);
  expect(requests).toHaveLength(1);
  expect(requests[0]!.headers).toMatchObject({
    'content-type': 'application/json',
    'x-amz-security-token': 'session',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-central-1\/appsync\/aws4_request, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}$/,
    ) as string,
  });
  expect(JSON.parse(requests[0]!.body)).toMatchObject({ variables: { c0: { id: 'a', owner } } });
  expect(info.mock.calls).toEqual([
    [
      {
        message: 'publishItemChange',
        requestId: CONTEXT.awsRequestId,
        records: 1,
        changes: 1,
        omitted: 0,
        gaps: 0,
        failures: 0,
        durationMs: expect.any(Number) as number,
      },
    ],
  ]);
});

test('answers the records that failed and logs why, without values', async () => {
  const handler = await load();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  status = 403;

  const answer = await handler(
    { Records: [record(null, image({ payload: { S: 'secret' } }), { number: '12' })] },
    CONTEXT,
  );

  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '12' }] });
  expect(error.mock.calls).toEqual([
    [
      {
        message: 'publishItemChange failed',
        requestId: CONTEXT.awsRequestId,
        sequenceNumber: '12',
        reason: 'publish: HTTP 403',
      },
    ],
  ]);
});

test('does not answer a record that lacks something, and logs why, without values', async () => {
  const handler = await load();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const lacking = image({ version: { S: 'secret' } });

  const answer = await handler({ Records: [record(null, lacking, { number: '15' })] }, CONTEXT);

  expect(answer).toEqual({ batchItemFailures: [] });
  expect(JSON.parse(requests[0]!.body)).toMatchObject({
    variables: { c0: { type: 'CREATED', id: 'a', version: 0, item: null, payloadOmitted: true } },
  });
  expect(warn.mock.calls).toEqual([
    [
      {
        message: 'publishItemChange left something out',
        requestId: CONTEXT.awsRequestId,
        sequenceNumber: '15',
        reason: 'attribute version must be a whole number (N) of at most 2147483647; it is S',
      },
    ],
  ]);
});

test('begins no request when its time is nearly over', async () => {
  const handler = await load();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);

  const answer = await handler(
    { Records: [record(null, image(), { number: '13' })] },
    { ...CONTEXT, getRemainingTimeInMillis: () => 5000 },
  );

  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '13' }]);
  expect(requests).toEqual([]);
});

test.each([
  ['CHANGES_TABLE', "give it the table's name"],
  ['GRAPHQL_URL', 'give it the URL of the GraphQL endpoint'],
])('does not load without %s', async (name, hint) => {
  await expect(load({ [name]: '' })).rejects.toThrow(`environment variable ${name} is empty: ${hint}`);
});

test('orders outlive the batch: what was published is not published again', async () => {
  const handler = await load();
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
  const event = { Records: [record(null, image(), { number: '14' })] };

  await handler(event, CONTEXT);
  await handler(event, CONTEXT);

  const orders = requests.map(
    ({ body }) => (JSON.parse(body) as { variables: { c0: { order: string } } }).variables.c0.order,
  );
  expect(orders).toEqual([order('14')]);
});
