import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { handler as Handler } from '../../../../functions/put-validated-item/handler.ts';
import { kinds } from '../../../../schema/generated/kinds.js';
import { type Engine, startEngine } from '../harness/dynamodb-engine.ts';

const CONTEXT = { awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' };
const CALLER = { readsAll: false, writesAll: false, writesOwn: true, owner: null };
const PRODUCT = { sku: 'H-1', name: 'Boots', price: { amountMinor: 1, currency: 'EUR' } };

let engine: Engine;

/** The Lambda function reads its environment when it is loaded. */
async function load(itemsTable: string): Promise<typeof Handler> {
  vi.resetModules();
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', engine.endpoint);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('ITEMS_TABLE', itemsTable);
  vi.stubEnv('CONSTRAINTS_TABLE', 'Constraints');
  return (await import('../../../../functions/put-validated-item/handler.ts')).handler;
}

beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
afterAll(() => engine.stop());

test('itemKinds answers every kind with its schema as an object', async () => {
  const handler = await load('Items');

  const answer = await handler({ operation: 'itemKinds' }, CONTEXT);

  expect(answer).toEqual({ kinds: kinds.map(({ kind, schema }) => ({ kind, schema })) });
  expect(answer).toMatchObject({
    kinds: expect.arrayContaining([
      { kind: 'product', schema: expect.objectContaining({ 'x-unique': ['/sku', '/variants/*/sku'] }) },
    ]),
  });
});

describe('putValidatedItem', () => {
  test('writes through the endpoint and tables of the environment, and logs one line without the payload', async () => {
    const handler = await load('Items');
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const input = { id: 'h1', kind: 'product', payload: PRODUCT };

    const answer = await handler({ operation: 'putValidatedItem', input, caller: CALLER }, CONTEXT);

    expect(answer).toMatchObject({ item: { id: 'h1', version: 1 } });
    expect(info.mock.calls).toEqual([
      [
        {
          message: 'putValidatedItem',
          requestId: CONTEXT.awsRequestId,
          outcome: 'written',
          kind: 'product',
          version: 1,
          durationMs: expect.any(Number) as number,
          violations: 0,
        },
      ],
    ]);
  });

  test('logs what was refused with the number of violations', async () => {
    const handler = await load('Items');
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const input = { id: 'h2', kind: 'product', payload: {} };

    await handler({ operation: 'putValidatedItem', input, caller: CALLER }, CONTEXT);

    expect(info.mock.calls[0]?.[0]).toMatchObject({
      outcome: 'ValidationFailed',
      version: null,
      violations: 3,
    });
  });

  test('says of a failure that is no refusal of DynamoDB that the write may have been done', async () => {
    const send = vi
      .spyOn(DynamoDBDocumentClient.prototype, 'send')
      .mockRejectedValue(new Error('socket hang up'));
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const handler = await load('Items');
    const input = { id: 'h4', kind: 'product', payload: PRODUCT };

    const answer = await handler({ operation: 'putValidatedItem', input, caller: CALLER }, CONTEXT);
    send.mockRestore();

    expect(answer).toMatchObject({
      error: {
        errorType: 'InternalError',
        errorInfo: { code: 'outcome_unknown', retryable: false, requestId: CONTEXT.awsRequestId },
      },
    });
  });

  test('answers an unexpected failure with the request id alone and logs the cause under it', async () => {
    const handler = await load('NoSuchTable');
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const info = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const input = { id: 'h3', kind: 'product', payload: PRODUCT };

    const answer = await handler({ operation: 'putValidatedItem', input, caller: CALLER }, CONTEXT);

    expect(answer).toEqual({
      error: {
        errorType: 'InternalError',
        message: 'internal error',
        data: null,
        errorInfo: { code: 'internal_error', retryable: true, requestId: CONTEXT.awsRequestId },
      },
    });
    expect(error.mock.calls[0]?.[0]).toMatchObject({
      message: 'putValidatedItem failed',
      requestId: CONTEXT.awsRequestId,
      name: 'ResourceNotFoundException',
    });
    expect(info.mock.calls[0]?.[0]).toMatchObject({ outcome: 'InternalError' });
  });
});

test('an operation nobody knows is an InternalError', async () => {
  const handler = await load('Items');
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);

  const answer = await handler({ operation: 'dropTable' } as never, CONTEXT);

  expect(answer).toMatchObject({ error: { errorType: 'InternalError' } });
  expect(error.mock.calls[0]?.[0]).toMatchObject({ cause: 'no such operation: {"operation":"dropTable"}' });
});

test('does not load without its tables', async () => {
  await expect(load('')).rejects.toThrow('environment variable ITEMS_TABLE is empty');
});
