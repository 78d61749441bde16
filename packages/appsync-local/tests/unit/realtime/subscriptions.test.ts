import { describe, expect, it, vi } from 'vitest';
import type { SubscribeOutcome } from '../../../src/graphql/subscription.ts';
import { handshake, initialized, send, settle, start, subscription } from './harness/connection.ts';

describe('start', () => {
  it('is authorized anew, over the data string exactly as sent', async () => {
    const { connection, asked } = await initialized();
    const message = start('1', { authorization: { 'x-api-key': 'good', 'x-tenant': 'v1' } });

    send(connection, message);
    await settle();

    expect(asked[1]).toEqual({
      credentials: { 'x-api-key': 'good', 'x-tenant': 'v1' },
      data: message.payload.data,
    });
  });

  it('tells the engine the request and where it came from', async () => {
    const subscribe = vi.fn(async (): Promise<SubscribeOutcome> => ({ kind: 'refused', errors: [] }));
    const headers = {
      host: 'localhost:4000',
      cookie: 'a=b',
      'sec-websocket-key': 'k',
      upgrade: 'websocket',
      'x-forwarded-for': '203.0.113.7',
    };
    const { connection } = await initialized({ subscribe, handshake: handshake({ headers }) });

    send(
      connection,
      start('1', { authorization: { 'X-Api-Key': 'x', 'x-api-key': 'good', 'X-Tenant': 'v1' } }),
    );
    await settle();

    expect(subscribe).toHaveBeenCalledWith(
      {
        query: 'subscription { onPutItem { id } }',
        variables: {},
        operationName: null,
        variablesIn: '{"query":"subscription { onPutItem { id } }","variables":{}}',
      },
      {
        caller: { mode: 'API_KEY', identity: null, groups: [] },
        headers: {
          host: 'localhost:4000',
          'x-forwarded-for': '203.0.113.7',
          'x-api-key': 'good',
          'x-tenant': 'v1',
        },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    );
  });

  it.each([
    ['by the engine', start('1'), [{ message: 'bad query' }]],
    [
      'for its credentials',
      start('1', { key: 'bad' }),
      [
        {
          errorType: 'UnauthorizedException',
          message: 'You are not authorized to make this call.',
          errorCode: 401,
        },
      ],
    ],
    [
      'for a query',
      start('1', { query: '{ itemKinds { kind } }' }),
      [{ errorType: 'UnsupportedOperation', message: 'query not supported through the realtime channel' }],
    ],
    [
      'for a mutation',
      start('1', { query: 'mutation { a }' }),
      [{ errorType: 'UnsupportedOperation', message: 'mutation not supported through the realtime channel' }],
    ],
  ])('is refused %s, and its id may be used again', async (_, message, errors) => {
    const outcomes: SubscribeOutcome[] = [
      { kind: 'refused', errors: [{ message: 'bad query', errorType: null, path: null, locations: [] }] },
      { kind: 'accepted', subscription: subscription() },
    ];
    const refusedByEngine = errors[0]?.message === 'bad query';
    const subscribe = async () => outcomes[refusedByEngine ? asks++ : 1] as SubscribeOutcome;
    let asks = 0;
    const { connection, socket } = await initialized({ subscribe });

    send(connection, message);
    await settle();
    send(connection, start('1'));
    await settle();

    expect(socket.sent).toEqual([
      { id: '1', type: 'error', payload: { errors } },
      { id: '1', type: 'start_ack' },
    ]);
  });

  it.each(['filter', 'invalidationFilter'])(
    'is refused for a %s that AppSync does not take',
    async (name) => {
      const filters = [{ fieldName: 'id', operator: 'in', value: ['1', '2', '3', '4', '5', '6'] }];
      const { connection, socket, fanOut } = await initialized({
        subscribe: async () => ({
          kind: 'accepted',
          subscription: subscription({ [name]: { filterGroup: [{ filters }] } }),
        }),
      });

      send(connection, start('1'));
      await settle();

      const message = 'subscription exceeds maximum value limit 5 for operator `in`.';
      expect(socket.sent).toEqual([
        { id: '1', type: 'error', payload: { errors: [{ message, errorCode: 400 }] } },
      ]);
      expect(fanOut.size).toBe(0);
    },
  );

  it('leaves a syntax error to the engine', async () => {
    const subscribe = vi.fn(async (): Promise<SubscribeOutcome> => ({ kind: 'refused', errors: [] }));
    const { connection } = await initialized({ subscribe });

    send(connection, start('1', { query: 'subscription {' }));
    await settle();

    expect(subscribe).toHaveBeenCalledOnce();
  });

  it('is refused for an id in use, and the subscription lives on', async () => {
    const { connection, socket, fanOut } = await initialized();

    send(connection, start('1'));
    send(connection, start('1'));
    await settle();
    send(connection, start('1'));
    await settle();
    fanOut.publish({ mutation: 'putItem', result: { id: 'a' } });

    const duplicated = {
      id: '1',
      type: 'error',
      payload: {
        errors: [{ errorType: 'DuplicatedOperationError', message: 'Duplicated operation with id 1' }],
      },
    };
    expect(socket.sent).toEqual([
      duplicated,
      { id: '1', type: 'start_ack' },
      duplicated,
      { id: '1', type: 'data', payload: { data: { onPutItem: { id: 'a' } } } },
    ]);
    expect(fanOut.size).toBe(1);
  });

  it('is refused beyond 200 subscriptions, where errors is an object', async () => {
    const { connection, socket, fanOut } = await initialized();

    for (let id = 1; id <= 201; id++) {
      send(connection, start(String(id)));
    }
    await settle();

    expect(fanOut.size).toBe(200);
    expect(socket.sent[0]).toEqual({
      id: '201',
      type: 'error',
      payload: {
        errors: {
          errorType: 'MaxSubscriptionsReachedError',
          message: 'Max number of 200 subscriptions reached',
        },
      },
    });
  });

  it('is acknowledged before the first data, even if events keep coming', async () => {
    let accept = (_: SubscribeOutcome): void => undefined;
    const subscribe = () => new Promise<SubscribeOutcome>((resolve) => (accept = resolve));
    const { connection, socket, fanOut } = await initialized({ subscribe });

    send(connection, start('1'));
    await settle();
    fanOut.publish({ mutation: 'putItem', result: { id: 'before' } });
    accept({ kind: 'accepted', subscription: subscription() });
    fanOut.publish({ mutation: 'putItem', result: { id: 'meanwhile' } });
    await settle();
    fanOut.publish({ mutation: 'putItem', result: { id: 'after' } });

    expect(socket.sent).toEqual([
      { id: '1', type: 'start_ack' },
      { id: '1', type: 'data', payload: { data: { onPutItem: { id: 'after' } } } },
    ]);
  });

  it.each([
    ['stopped', [{ id: '1', type: 'complete' }]],
    ['closed', []],
  ])('comes to nothing when it is %s while it is judged', async (how, frames) => {
    let accept = (_: SubscribeOutcome): void => undefined;
    const subscribe = () => new Promise<SubscribeOutcome>((resolve) => (accept = resolve));
    const { connection, socket, fanOut } = await initialized({ subscribe });

    send(connection, start('1'));
    await settle();
    if (how === 'stopped') {
      send(connection, { type: 'stop', id: '1' });
    } else {
      connection.closed();
    }
    accept({ kind: 'accepted', subscription: subscription() });
    await settle();

    expect(socket.sent).toEqual(frames);
    expect(fanOut.size).toBe(0);
  });

  it('that fails by our own mistake is refused without saying why', async () => {
    const report = vi.fn();
    const { connection, socket } = await initialized({
      report,
      subscribe: async () => Promise.reject(new Error('secret')),
    });

    send(connection, start('1'));
    await settle();

    expect(socket.sent).toEqual([
      {
        id: '1',
        type: 'error',
        payload: { errors: [{ errorType: 'InternalFailure', message: 'internal error', errorCode: 500 }] },
      },
    ]);
    expect(report).toHaveBeenCalledWith('starting a subscription failed', new Error('secret'));
  });
});

describe('stop', () => {
  it('is answered by complete for an unknown id as well', async () => {
    const { connection, socket } = await initialized();

    send(connection, { type: 'stop', id: 'nobody' });

    expect(socket.sent).toEqual([{ id: 'nobody', type: 'complete' }]);
  });

  it('leaves the other subscriptions of the connection alone', async () => {
    const { connection, socket, fanOut } = await initialized();
    send(connection, start('1'));
    send(connection, start('2'));
    await settle();

    send(connection, { type: 'stop', id: '1' });
    fanOut.publish({ mutation: 'putItem', result: 7 });

    expect(socket.sent.at(-1)).toEqual({ id: '2', type: 'data', payload: { data: { onPutItem: 7 } } });
    expect(socket.sent).toHaveLength(4);
  });
});
