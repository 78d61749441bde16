import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createAdmission } from '../../../src/http/admission.ts';
import type { Listener } from '../../../src/http/listen.ts';
import { createWebSocketDoor } from '../../../src/http/web-socket.ts';
import type {
  Handshake,
  RealtimeSocket,
  WebSocketDoor,
  WebSocketOptions,
} from '../../../src/http/web-socket.ts';
import { PATIENCE } from '../../harness/patience.ts';
import { certificate, connectRaw, listenOnAnyPort } from './harness/port.ts';

let listener: Listener;
let door: WebSocketDoor;

/** What the protocol's end saw. */
interface Seen {
  handshakes: Handshake[];
  sockets: RealtimeSocket[];
  texts: string[];
  closed: number;
  failures: unknown[];
}

async function start(options: Partial<WebSocketOptions> = {}): Promise<Seen> {
  const seen: Seen = { handshakes: [], sockets: [], texts: [], closed: 0, failures: [] };
  door = createWebSocketDoor({
    open(handshake, socket) {
      seen.handshakes.push(handshake);
      seen.sockets.push(socket);
      return {
        receive(text) {
          seen.texts.push(text);
          socket.send(`echo ${text}`);
        },
        closed: () => void seen.closed++,
      };
    },
    admit: createAdmission(),
    log: ({ error }) => void seen.failures.push(error),
    ...options,
  });
  listener = await listenOnAnyPort({ upgrade: door.upgrade });
  return seen;
}

afterEach(async () => {
  door.close();
  await listener.close();
});

const dial = (path = '/graphql/realtime', protocols: string[] = ['graphql-ws'], scheme = 'ws'): WebSocket =>
  new WebSocket(`${scheme}://localhost:${listener.port}${path}`, protocols, { ca: certificate.caPem });

const event = (webSocket: WebSocket, name: string): Promise<unknown[]> =>
  new Promise((resolve) => webSocket.once(name, (...values: unknown[]) => resolve(values)));

const upgradeRequest = (...headers: string[]): string =>
  [
    'GET /graphql/realtime HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

/** Resolves with the messages a socket gets before it closes, and the close code. */
async function untilClosed(webSocket: WebSocket): Promise<{ messages: string[]; code: unknown }> {
  const messages: string[] = [];
  webSocket.on('message', (data) => messages.push(String(data)));
  webSocket.on('error', () => undefined);
  const [code] = await event(webSocket, 'close');
  return { messages, code };
}

describe('real-time endpoint', () => {
  it.each(['/graphql/realtime', '/realtime', '/graphql', '/graphql?header=e30=&payload=e30=&x-tenant=v1'])(
    'opens on %s',
    async (path) => {
      const seen = await start();

      await event(dial(path), 'open');

      expect(seen.handshakes[0]).toMatchObject({
        url: path,
        remoteAddress: expect.stringMatching(/127|::1/),
      });
    },
  );

  it('opens over TLS on the same port', async () => {
    await start();
    const webSocket = dial('/graphql/realtime', ['graphql-ws'], 'wss');

    await event(webSocket, 'open');
    webSocket.send('hi');

    expect(String((await event(webSocket, 'message'))[0])).toBe('echo hi');
  });

  it('answers exactly graphql-ws and hands on all that was offered', async () => {
    const seen = await start();
    const webSocket = dial('/graphql/realtime', ['graphql-ws', 'header-eyJob3N0IjoiIn0']);

    await event(webSocket, 'open');

    expect(webSocket.protocol).toBe('graphql-ws');
    expect(seen.handshakes[0]?.protocols).toEqual(['graphql-ws', 'header-eyJob3N0IjoiIn0']);
  });

  it('carries text both ways and tells of the end once', async () => {
    const seen = await start();
    const webSocket = dial();
    await event(webSocket, 'open');

    webSocket.send('{"type":"connection_init"}');
    const [answer] = await event(webSocket, 'message');
    webSocket.close();
    await event(webSocket, 'close');
    await expect.poll(() => seen.closed, PATIENCE).toBe(1);

    expect(String(answer)).toBe('echo {"type":"connection_init"}');
    expect(() => seen.sockets[0]?.send('too late')).not.toThrow();
    expect(() => seen.sockets[0]?.close(1000, '')).not.toThrow();
    expect(seen.sockets[0]?.bufferedBytes()).toBe(0);
  });

  // Where the head of a frame grows (RFC 6455 5.2).
  it.each(['ws', 'wss'])(
    'sends text in parts over %s as one message each, between messages that are not',
    async (scheme) => {
      const seen = await start();
      const webSocket = dial('/graphql/realtime', ['graphql-ws'], scheme);
      await event(webSocket, 'open');
      const sizes = [2, 125, 126, 65_535, 65_536, 300_000];
      const got: [string, boolean][] = [];
      webSocket.on('message', (data, isBinary) => got.push([String(data), isBinary]));

      for (const size of sizes) {
        const parts = [Buffer.from('é'), Buffer.from('x'.repeat(size - 2)), Buffer.alloc(0)];
        seen.sockets[0]!.send(parts);
        seen.sockets[0]!.send(`after ${size}`);
      }

      await expect.poll(() => got.length, PATIENCE).toBe(2 * sizes.length);
      expect(got).toEqual(
        sizes.flatMap((size) => [
          [`é${'x'.repeat(size - 2)}`, false],
          [`after ${size}`, false],
        ]),
      );
    },
  );

  it.each(['ws', 'wss'])(
    'sends over %s each its own message, though messages share their end and one client reads late',
    async (scheme) => {
      const seen = await start();
      const clients = [0, 1].map(() => dial('/graphql/realtime', ['graphql-ws'], scheme));
      const got: string[][] = [[], []];
      clients.forEach((client, index) => client.on('message', (data) => got[index]!.push(String(data))));
      await Promise.all(clients.map((client) => event(client, 'open')));
      await expect.poll(() => seen.sockets.length, PATIENCE).toBe(2);
      clients[0]!.pause();
      const ends = ['x', 'y'].map((letter) => Buffer.from(letter.repeat(60_000)));
      const rounds = Array.from({ length: 200 }, (_, round) => round);
      const text = (name: string, round: number): string => `${name}${1_000 + round} ${ends[round & 1]}`;

      for (const round of rounds) {
        seen.sockets.forEach((socket, index) => {
          socket.send([Buffer.from(`${'ab'[index]}${1_000 + round} `), ends[round & 1]!]);
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      const waiting = seen.sockets.map((socket) => socket.bufferedBytes());
      clients[0]!.resume();

      await expect.poll(() => got.map(({ length }) => length), PATIENCE).toEqual([200, 200]);
      expect(Math.max(...waiting)).toBeGreaterThan(1_000_000);
      // Which connection came first is the system's choice.
      const [first, second] = got[0]![0]!.startsWith('a') ? 'ab' : 'ba';
      expect(got[0]!.filter((message, round) => message !== text(first!, round)).length).toBe(0);
      expect(got[1]!.filter((message, round) => message !== text(second!, round)).length).toBe(0);
    },
  );

  it('sends no part of a message once the connection closes', async () => {
    const seen = await start();
    const webSocket = dial();
    await event(webSocket, 'open');
    const ended = untilClosed(webSocket);

    seen.sockets[0]!.close(1000, 'over');
    seen.sockets[0]!.send([Buffer.from('too late')]);

    expect(await ended).toEqual({ messages: [], code: 1000 });
  });

  it("closes with the protocol's code and reason", async () => {
    const seen = await start();
    const webSocket = dial();
    await event(webSocket, 'open');

    seen.sockets[0]?.close(4408, 'too slow');

    const [code, reason] = await event(webSocket, 'close');
    expect([code, String(reason)]).toEqual([4408, 'too slow']);
  });

  it.each([
    ['x'.repeat(200), 'x'.repeat(123)],
    [`${'x'.repeat(122)}é`, 'x'.repeat(122)],
  ])('cuts a reason that is too long for a close frame, between two characters', async (given, sent) => {
    const seen = await start();
    const webSocket = dial();
    await event(webSocket, 'open');

    seen.sockets[0]?.close(1008, given);

    const [code, reason] = await event(webSocket, 'close');
    expect([code, String(reason)]).toEqual([1008, sent]);
    expect(seen.failures).toEqual([]);
  });

  it.each([
    'graphql-ws, header-e30=',
    'graphql-ws, graphql-ws',
    'header-e30, graphql-ws',
    'graphql-ws, he@der',
  ])('answers graphql-ws to the offer %s, and hands on all of it', async (offer) => {
    const seen = await start();
    const client = await connectRaw(listener.port);

    client.socket.write(upgradeRequest(`Sec-WebSocket-Protocol: ${offer}`));
    const text = await client.received('\r\n\r\n');

    expect(text).toContain('101 Switching Protocols');
    expect(text).toContain('Sec-WebSocket-Protocol: graphql-ws\r\n');
    expect(seen.handshakes[0]?.protocols).toEqual(offer.split(', '));
    client.socket.destroy();
  });

  it.each([[], ['graphql-transport-ws']])(
    'lets in who offers %j without a subprotocol',
    async (...protocols) => {
      const seen = await start();
      const client = await connectRaw(listener.port);
      const offer = protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`] : [];

      client.socket.write(upgradeRequest(...offer));
      const text = await client.received('\r\n\r\n');

      expect(text).toContain('101 Switching Protocols');
      expect(text).not.toContain('Sec-WebSocket-Protocol');
      expect(seen.handshakes[0]?.protocols).toEqual(protocols);
      client.socket.destroy();
    },
  );

  it.each([
    ['a page that may not call', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['a host that is not this server', { headers: { host: 'evil.example' } }],
    ['a page of its own host', { origin: 'http://evil.example', headers: { host: 'evil.example' } }],
  ])('refuses %s with 403', async (_, options) => {
    const seen = await start();

    const webSocket = new WebSocket(
      `ws://localhost:${listener.port}/graphql/realtime`,
      ['graphql-ws'],
      options,
    );
    const [error] = await event(webSocket, 'error');

    expect(String(error)).toContain('403');
    expect(seen.handshakes).toEqual([]);
  });

  it('lets pages of loopback names in', async () => {
    const seen = await start();

    const webSocket = new WebSocket(`ws://localhost:${listener.port}/graphql/realtime`, ['graphql-ws'], {
      origin: 'http://localhost:3000',
    });
    await event(webSocket, 'open');

    expect(seen.handshakes).toHaveLength(1);
  });

  it('refuses other paths with 404', async () => {
    await start();

    const [error] = await event(dial('/other'), 'error');

    expect(String(error)).toContain('404');
  });

  it('is done with a refused socket though the client keeps its half open', async () => {
    const accepted: Socket[] = [];
    door = createWebSocketDoor({
      admit: createAdmission(),
      open: () => expect.unreachable(),
      log: () => undefined,
    });
    listener = await listenOnAnyPort({
      upgrade(request, socket, head) {
        accepted.push(socket as Socket);
        door.upgrade(request, socket, head);
      },
    });
    const client = await connectRaw(listener.port);

    client.socket.write(upgradeRequest().replace('/graphql/realtime', '/other'));
    await client.received('404 Not Found');

    await expect.poll(() => accepted.map(({ destroyed }) => destroyed)).toEqual([true]);
    client.socket.destroy();
  });

  it('drops a message over 1 MB with close code 1009', async () => {
    const seen = await start();
    const webSocket = dial();
    await event(webSocket, 'open');

    webSocket.send('x'.repeat(1_048_577));

    expect(await untilClosed(webSocket)).toEqual({ messages: [], code: 1009 });
    await expect.poll(() => seen.closed, PATIENCE).toBe(1);
  });

  it('ends only the connection whose handler throws, and logs why', async () => {
    const mistake = new Error('our mistake');
    const seen = await start({
      open: () => ({
        receive(text) {
          if (text === 'bad') {
            throw mistake;
          }
        },
        closed: () => undefined,
      }),
    });
    const other = dial();
    const webSocket = dial();
    await Promise.all([event(other, 'open'), event(webSocket, 'open')]);

    webSocket.send('bad');

    expect((await untilClosed(webSocket)).code).toBe(1011);
    expect(seen.failures).toEqual([mistake]);
    expect(other.readyState).toBe(WebSocket.OPEN);
  });

  it('drops a peer that answers no ping and keeps one that does', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const seen = await start({ pingIntervalMs: 40 });
    const dead = dial();
    const alive = dial();
    await Promise.all([event(dead, 'open'), event(alive, 'open')]);
    dead.pause();

    for (let round = 1; round <= 3; round += 1) {
      const pinged = event(alive, 'ping');
      vi.advanceTimersByTime(40);
      await pinged;
      alive.send('after the pong'); // the server has the pong when it has this
      await event(alive, 'message');
    }
    await expect.poll(() => seen.closed, PATIENCE).toBe(1);

    expect(alive.readyState).toBe(WebSocket.OPEN);
    dead.terminate();
  });

  it('says goodbye when the server stops', async () => {
    await start();
    const webSocket = dial();
    await event(webSocket, 'open');

    door.close();

    expect((await untilClosed(webSocket)).code).toBe(1001);
  });
});
