import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Listener } from '../../../src/http/listen.ts';
import { createWebSocketDoor, type WebSocketDoor } from '../../../src/http/web-socket.ts';
import { openConnection } from '../../../src/realtime/connection.ts';
import { createFanOut, type FanOut } from '../../../src/realtime/fan-out.ts';
import { DEFAULT_LIMITS, MAX_PAYLOAD_BYTES } from '../../../src/realtime/limits.ts';
import { listenOnAnyPort } from '../http/harness/port.ts';
import {
  encode,
  fakeSocket,
  handshake,
  keyAuthorize,
  send,
  settle,
  start,
  subscription,
} from './harness/connection.ts';

/** Real connections to the protocol behind the door, and what the server sees of them. */
interface Server {
  fanOut: FanOut;
  /** Renderings so far. */
  render: ReturnType<typeof vi.fn>;
  /** The most bytes that ever waited for one connection, by the order of opening. */
  mostBuffered: number[];
  /** Connections that have ended. */
  ended(): number;
}

let listener: Listener;
let door: WebSocketDoor;
const clients: WebSocket[] = [];

async function serve(): Promise<Server> {
  const fanOut = createFanOut(() => undefined);
  const render = vi.fn((event: unknown) => ({ data: { onPutItem: event } }));
  const mostBuffered: number[] = [];
  let ended = 0;
  door = createWebSocketDoor({
    admit: () => null,
    log: ({ error }) => expect.unreachable(String(error)),
    closeTimeoutMs: 100,
    open(shake, socket) {
      const index = mostBuffered.push(0) - 1;
      const connection = openConnection({
        handshake: shake,
        ...keyAuthorize(),
        fanOut,
        subscribe: async () => ({ kind: 'accepted', subscription: subscription({ render }) }),
        socket: {
          close: (code, reason) => socket.close(code, reason),
          bufferedBytes: () => socket.bufferedBytes(),
          send(text) {
            socket.send(text);
            mostBuffered[index] = Math.max(mostBuffered[index]!, socket.bufferedBytes());
          },
        },
      });
      return { receive: connection.receive, closed: () => (ended++, connection.closed()) };
    },
  });
  listener = await listenOnAnyPort({ upgrade: door.upgrade });
  return { fanOut, render, mostBuffered, ended: () => ended };
}

afterEach(async () => {
  clients.splice(0).forEach((client) => client.terminate());
  door?.close();
  await listener?.close();
});

/** A client with one subscription, which counts the events it gets. */
async function subscriber(): Promise<{ client: WebSocket; events: () => number }> {
  const client = new WebSocket(`ws://127.0.0.1:${listener.port}/graphql/realtime`, [
    'graphql-ws',
    `header-${encode({ host: 'localhost:4000', 'x-api-key': 'good' })}`,
  ]);
  clients.push(client);
  let events = 0;
  await new Promise<void>((resolve, reject) => {
    client.once('error', reject);
    client.once('open', () => client.send(JSON.stringify(start('1'))));
    client.on('message', (data: Buffer) => {
      // Only the head is looked at: parsing megabytes would be this test's own load.
      if (data.subarray(0, 40).includes('"start_ack"')) {
        resolve();
      } else {
        events += 1;
      }
    });
  });
  return { client, events: () => events };
}

const publish = ({ fanOut }: Server, result: unknown): void =>
  void fanOut.publish({ mutation: 'putItem', result });

describe('1,000 connections', () => {
  it('get an event once each, rendered once, and leave nothing behind', { timeout: 60_000 }, async () => {
    const server = await serve();
    const subscribers: Awaited<ReturnType<typeof subscriber>>[] = [];
    for (let batch = 0; batch < 20; batch++) {
      subscribers.push(...(await Promise.all(Array.from({ length: 50 }, subscriber))));
    }

    publish(server, { id: 'a' });
    await expect
      .poll(() => subscribers.filter(({ events }) => events() === 1).length, { timeout: 20_000 })
      .toBe(1_000);
    const subscribed = server.fanOut.size;
    subscribers.forEach(({ client }) => client.terminate());
    await expect.poll(server.ended, { timeout: 20_000 }).toBe(1_000);
    publish(server, { id: 'b' });

    expect(subscribed).toBe(1_000);
    expect(server.fanOut.size).toBe(0);
    expect(server.render).toHaveBeenCalledTimes(1);
    expect(Math.max(...server.mostBuffered)).toBeLessThan(DEFAULT_LIMITS.maxBufferedBytes);
  });
});

describe('a subscriber that reads nothing', () => {
  it('holds a bounded number of bytes, is cut off, and keeps nobody else waiting', async () => {
    const server = await serve();
    const slow = await subscriber();
    const quick = await subscriber();
    slow.client.pause();
    const text = 'x'.repeat(200_000);

    let published = 0;
    while (server.fanOut.size === 2 && published < 500) {
      publish(server, { id: String((published += 1)), text });
      await expect.poll(quick.events, { interval: 1 }).toBe(published);
    }
    publish(server, { id: 'after' });
    await expect.poll(quick.events).toBe(published + 1);
    await expect.poll(server.ended).toBe(1);

    expect(server.fanOut.size).toBe(1);
    expect(server.mostBuffered[0]).toBeGreaterThan(DEFAULT_LIMITS.maxBufferedBytes);
    expect(server.mostBuffered[0]).toBeLessThan(DEFAULT_LIMITS.maxBufferedBytes + MAX_PAYLOAD_BYTES);
    expect(server.mostBuffered[1]).toBeLessThan(DEFAULT_LIMITS.maxBufferedBytes);
    expect(quick.client.readyState).toBe(WebSocket.OPEN);
  });

  it('cannot grow by asking: answers count as well', async () => {
    const server = await serve();
    const asking = await subscriber();
    asking.client.pause();

    for (let round = 0; round < 400 && server.ended() === 0; round++) {
      for (let index = 0; index < 500; index++) {
        asking.client.send('?');
      }
      await new Promise((resolve) => setImmediate(resolve));
    }

    await expect.poll(server.ended, { timeout: 10_000 }).toBe(1);
    expect(server.mostBuffered[0]).toBeLessThan(DEFAULT_LIMITS.maxBufferedBytes + 1_000);
  });
});

describe('a connection that has closed', () => {
  /** A function of its own, so that nothing on the test's stack holds the socket. */
  const openAndClose = async (fanOut: FanOut): Promise<WeakRef<object>> => {
    const socket = fakeSocket();
    const connection = openConnection({
      socket,
      handshake: handshake(),
      ...keyAuthorize(),
      subscribe: async () => ({ kind: 'accepted', subscription: subscription() }),
      fanOut,
    });
    send(connection, { type: 'connection_init' });
    await settle();
    send(connection, start('1'));
    await settle();
    connection.closed();
    return new WeakRef(socket);
  };

  it('is let go of, with its timers and its subscriptions', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const fanOut = createFanOut();

    const sockets = await Promise.all(Array.from({ length: 20 }, () => openAndClose(fanOut)));

    await expect
      .poll(() => (collect(), sockets.filter((socket) => socket.deref() !== undefined).length))
      .toBe(0);
    expect(fanOut.size).toBe(0);
  });
});
