import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  connect,
  encode,
  handshake,
  initialized,
  send,
  settle,
  start,
  subscription,
} from './harness/connection.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ACK = { type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } };
const KA = { type: 'ka' };
const UNKNOWN = {
  type: 'error',
  payload: {
    errors: [
      { errorType: 'UnsupportedOperation', message: 'unknown not supported through the realtime channel' },
    ],
  },
};

describe('a session', () => {
  it('runs from connection_init to the close', async () => {
    const { connection, socket, fanOut } = connect();

    send(connection, { type: 'connection_init' });
    await settle();
    send(connection, start('1'));
    await settle();
    fanOut.publish({ mutation: 'putItem', result: { id: 'a' } });
    vi.advanceTimersByTime(60_000);
    send(connection, { type: 'stop', id: '1' });
    fanOut.publish({ mutation: 'putItem', result: { id: 'b' } });
    connection.closed();

    expect(socket.sent).toEqual([
      ACK,
      KA,
      { id: '1', type: 'start_ack' },
      { id: '1', type: 'data', payload: { data: { onPutItem: { id: 'a' } } } },
      KA,
      { id: '1', type: 'complete' },
    ]);
    expect(socket.closedWith).toBeNull();
  });

  it('gets a ka every 60 seconds, and none once it is closed', async () => {
    const { connection, socket } = await initialized();

    vi.advanceTimersByTime(59_999);
    const early = socket.sent.length;
    vi.advanceTimersByTime(60_001);
    connection.closed();
    vi.advanceTimersByTime(600_000);

    expect(early).toBe(0);
    expect(socket.sent).toEqual([KA, KA]);
  });

  it('ends after 24 hours', async () => {
    const { connection, socket, fanOut } = await initialized();
    send(connection, start('1'));
    await settle();

    vi.advanceTimersByTime(24 * 3600_000 - 1);
    const before = socket.closedWith;
    vi.advanceTimersByTime(1);

    expect(before).toBeNull();
    expect(socket.closedWith).toEqual([1001, 'connection length limit']);
    expect(fanOut.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may begin without connection_init', async () => {
    const { connection, socket } = connect();

    send(connection, start('1'));
    await settle();

    expect(socket.sent).toEqual([{ id: '1', type: 'start_ack' }]);
  });

  it('ignores what comes between connection_init and its ack', async () => {
    const { connection, socket } = connect();

    send(connection, { type: 'connection_init' });
    send(connection, start('1'));
    await settle();

    expect(socket.sent).toEqual([ACK, KA]);
  });

  it('acknowledges a second connection_init without a second keep-alive', async () => {
    const { connection, socket } = await initialized();

    send(connection, { type: 'connection_init' });
    vi.advanceTimersByTime(60_000);

    expect(socket.sent).toEqual([ACK, KA, KA]);
  });
});

describe('credentials', () => {
  const good = { host: 'localhost:4000', 'x-api-key': 'good', note: '~~~???>>>' };

  it.each([
    ['a subprotocol', { protocols: ['graphql-ws', `header-${encode(good)}`] }],
    ['a subprotocol offered first', { protocols: [`header-${encode(good)}`, 'graphql-ws'] }],
    ['a subprotocol in plain base64', { protocols: ['graphql-ws', `header-${encode(good, 'base64')}`] }],
    [
      'the query',
      {
        protocols: ['graphql-ws'],
        url: `/graphql?header=${encodeURIComponent(encode(good, 'base64'))}&payload=e30=`,
      },
    ],
    [
      'the query, unescaped',
      { protocols: ['graphql-ws'], url: `/graphql?x=1&header=${encode(good, 'base64')}&payload=e30=` },
    ],
    ['the query in base64url', { protocols: ['graphql-ws'], url: `/graphql?header=${encode(good)}` }],
    ['HTTP headers', { protocols: ['graphql-ws'], headers: good }],
  ])('may come in %s', async (_, delivery) => {
    const { connection, socket, asked } = connect({ handshake: handshake(delivery) });

    send(connection, { type: 'connection_init' });
    await settle();

    expect(asked[0]?.credentials).toEqual(good);
    expect(socket.sent).toEqual([ACK, KA]);
  });

  it.each([
    [
      'another subprotocol, as of the package graphql-ws',
      { protocols: ['graphql-transport-ws'] },
      'refused a WebSocket that does not offer the subprotocol graphql-ws, but graphql-transport-ws; ' +
        'AppSync has a protocol of its own: use a client for AppSync, such as Amplify or aws-appsync-subscription-link',
    ],
    [
      'credentials alone, which are not shown',
      { protocols: [`header-${encode(good)}`, 'a b\u001b[2J'] },
      'refused a WebSocket that does not offer the subprotocol graphql-ws; ' +
        'AppSync has a protocol of its own: use a client for AppSync, such as Amplify or aws-appsync-subscription-link',
    ],
    [
      'no credentials',
      { protocols: ['graphql-ws'] },
      'refused a WebSocket without credentials; AppSync takes a JSON object with host and, for example, x-api-key, ' +
        'as base64url in a second subprotocol header-…',
    ],
  ])('are missing, and the developer is told what to do: %s', async (_, delivery, line) => {
    const advise = vi.fn();
    connect({ handshake: handshake(delivery), advise });

    await settle();

    expect(advise.mock.calls).toEqual([[line]]);
  });

  it.each([
    [
      'a wrong key',
      { protocols: ['graphql-ws', `header-${encode({ host: 'localhost:4000', 'x-api-key': 'bad' })}`] },
      {
        errorType: 'UnauthorizedException',
        message: 'You are not authorized to make this call.',
        errorCode: 401,
      },
    ],
    [
      'no credentials',
      { protocols: ['graphql-ws'] },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    [
      'credentials that are no JSON',
      { protocols: ['graphql-ws', 'header-bm8ganNvbg'] },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    [
      'a good key without a host',
      { protocols: ['graphql-ws', `header-${encode({ 'x-api-key': 'good' })}`] },
      { message: 'Required headers are missing.', errorCode: 400 },
    ],
    ['no subprotocol', { protocols: [], headers: good }, { message: 'NoProtocolError', errorCode: 400 }],
    [
      'no graphql-ws among the subprotocols',
      { protocols: ['graphql-transport-ws'], headers: good },
      { message: 'SubProtocolNotSupportedError', errorCode: 400 },
    ],
  ])('are refused by connection_error, then a close: %s', async (_, delivery, error) => {
    const { connection, socket } = connect({ handshake: handshake(delivery) });

    send(connection, { type: 'connection_init' });
    await settle();

    expect(socket.sent).toEqual([{ type: 'connection_error', payload: { errors: [error] } }]);
    expect(socket.closedWith).toEqual([1008, error.message]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are refused also to a client that says nothing, once it had time to listen', async () => {
    const { socket } = connect({ handshake: handshake({ protocols: ['graphql-ws'] }) });
    await settle();

    const before = socket.sent.length;
    await vi.advanceTimersByTimeAsync(100);

    expect(before).toBe(0);
    expect(socket.sent).toEqual([expect.objectContaining({ type: 'connection_error' })]);
    expect(socket.closedWith?.[0]).toBe(1008);
  });

  it('that cannot be judged are refused without saying why', async () => {
    const report = vi.fn();
    const broken = async () => Promise.reject(new Error('key store at /etc/keys is gone'));
    const { connection, socket } = connect({ report, authorize: { connect: broken, start: broken } });

    send(connection, { type: 'connection_init' });
    await settle();

    expect(socket.texts.join()).not.toContain('/etc/keys');
    expect(socket.sent).toEqual([
      {
        type: 'connection_error',
        payload: { errors: [{ errorType: 'InternalFailure', message: 'internal error', errorCode: 500 }] },
      },
    ]);
    expect(report).toHaveBeenCalledOnce();
  });
});

describe('a message AppSync does not know', () => {
  it.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['null', 'null'],
    ['of another protocol', { id: '1', type: 'subscribe', payload: { query: 'subscription { a }' } }],
    ['a start in the style of Apollo', { id: '1', type: 'start', payload: { query: 'subscription { a }' } }],
    [
      'a start whose data is no text',
      { id: '1', type: 'start', payload: { data: { query: 'subscription { a }' } } },
    ],
    ['a start whose data is no JSON', { id: '1', type: 'start', payload: { data: 'subscription { a }' } }],
    ['a start without a query', { id: '1', type: 'start', payload: { data: '{}' } }],
    ['a start without an id', { type: 'start', payload: start('1').payload }],
    ['a start whose id is a number', { ...start('1'), id: 1 }],
    ['a stop without an id', { type: 'stop' }],
  ])('is answered by an error without an id: %s', async (_, message) => {
    const { connection, socket } = await initialized();

    send(connection, message);
    await settle();

    expect(socket.sent).toEqual([UNKNOWN]);
    expect(socket.closedWith).toBeNull();
  });

  it('closes the connection when it is too long', async () => {
    const { connection, socket, fanOut } = await initialized();
    send(connection, start('1'));
    await settle();

    send(connection, JSON.stringify('€'.repeat(350_000)));

    expect(socket.closedWith).toEqual([1009, 'message too big']);
    expect(fanOut.size).toBe(0);
  });
});

describe('a client', () => {
  it('that reads too slowly is cut off, and nobody else', async () => {
    const slow = await initialized();
    const quick = await initialized({ fanOut: slow.fanOut });
    send(slow.connection, start('1'));
    send(quick.connection, start('1'));
    await settle();

    slow.socket.buffered = 1024 * 1024 + 1;
    slow.fanOut.publish({ mutation: 'putItem', result: 1 });
    slow.fanOut.publish({ mutation: 'putItem', result: 2 });

    expect(slow.socket.closedWith).toEqual([1013, 'client too slow']);
    expect(slow.socket.sent).toHaveLength(2);
    expect(quick.socket.closedWith).toBeNull();
    expect(quick.socket.sent).toHaveLength(3);
    expect(slow.fanOut.size).toBe(1);
  });

  it('that is cut off by its own start_ack is not subscribed', async () => {
    const { connection, socket, fanOut } = await initialized();
    socket.buffered = 1024 * 1024 + 1;

    send(connection, start('1'));
    await settle();

    expect(socket.closedWith?.[0]).toBe(1013);
    expect(fanOut.size).toBe(0);
  });

  it('that is gone leaves no subscription and no timer behind', async () => {
    const { connection, socket, fanOut } = await initialized();
    send(connection, start('1'));
    await settle();

    connection.closed();
    connection.closed();

    expect(fanOut.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(socket.closedWith).toBeNull();
  });

  it('that is gone is neither heard, nor answered, nor closed again', async () => {
    const { connection, socket, asked } = await initialized();
    connection.closed();

    send(connection, start('1'));
    send(connection, { type: 'stop', id: '1' });
    send(connection, JSON.stringify('x'.repeat(2_000_000)));
    await settle();

    expect(asked).toHaveLength(1);
    expect(socket.sent).toEqual([]);
    expect(socket.closedWith).toBeNull();
  });

  it('whose refusal comes after it has gone is not answered', async () => {
    const { connection, socket } = connect({ handshake: handshake({ protocols: ['graphql-ws'] }) });

    send(connection, { type: 'connection_init' });
    connection.closed();
    await settle();

    expect(socket.sent).toEqual([]);
    expect(socket.closedWith).toBeNull();
  });

  it('whose subscription is invalidated gets complete, and may use the id again', async () => {
    const invalidationFilter = {
      filterGroup: [{ filters: [{ fieldName: 'group', operator: 'eq', value: 'g' }] }],
    };
    const { connection, socket, fanOut } = await initialized({
      subscribe: async () => ({ kind: 'accepted', subscription: subscription({ invalidationFilter }) }),
    });
    send(connection, start('1'));
    await settle();

    fanOut.invalidate({ subscriptionField: 'onPutItem', payload: { group: 'g' } });
    send(connection, start('1'));
    await settle();

    expect(socket.sent).toEqual([
      { id: '1', type: 'start_ack' },
      { id: '1', type: 'complete' },
      { id: '1', type: 'start_ack' },
    ]);
  });
});
