import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Check, ConformanceApi } from '../check.ts';
import { headerObject, open, upgrade, using } from './wire.ts';

/** The code of the close frame that answers these bytes (RFC 6455 5.2: unmasked from a server, opcode 8). */
async function closeCodeFor(api: ConformanceApi, bytes: number[]): Promise<number> {
  const header = Buffer.from(JSON.stringify(await headerObject(api))).toString('base64url');
  const { socket } = await upgrade(api, {
    headers: { 'sec-websocket-protocol': `graphql-ws, header-${header}` },
  });
  assert.ok(socket);
  socket.on('error', () => undefined);
  socket.write(Buffer.from(bytes));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'end');
  socket.destroy();
  const received = Buffer.concat(chunks);
  assert.equal(received[0], 0x88, received.toString('hex'));
  return received.readUInt16BE(2);
}

const MASK = [0, 0, 0, 0];

/** Frames of RFC 6455 rather than messages of AppSync. */
export const frameChecks: Check[] = [
  {
    id: 'RTM-100',
    promise: 'reads a message in several frames as one',
    source: 'RFC 6455 5.4',
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const text = JSON.stringify({ type: 'stop', id: 'in pieces' });
        wire.webSocket.send(text.slice(0, 5), { fin: false });
        wire.webSocket.send(text.slice(5, 6), { fin: false });
        wire.webSocket.send(text.slice(6), { fin: true });
        assert.deepEqual(await wire.next(), { id: 'in pieces', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-101',
    promise: 'answers a ping with a pong that has the same data',
    source: 'RFC 6455 5.5.3',
    evidence: 'documented',
    async run(api) {
      await using(open(api), async ({ webSocket }) => {
        const pong = once(webSocket, 'pong');
        webSocket.ping('are you there');
        assert.equal(String((await pong)[0]), 'are you there');
      });
    },
  },
  {
    id: 'RTM-102',
    promise: 'answers a ping between the frames of a message',
    source: 'RFC 6455 5.4',
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        const pong = once(wire.webSocket, 'pong');
        wire.webSocket.send('{"type":"stop",', { fin: false });
        wire.webSocket.ping();
        await pong;
        wire.webSocket.send('"id":"1"}', { fin: true });
        assert.deepEqual(await wire.next(), { id: '1', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-103',
    promise: 'reads a binary frame as the text in it',
    source: 'AppSync developer guide, real-time-websocket-client',
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async (wire) => {
        wire.webSocket.send(Buffer.from('{"type":"stop","id":"1"}'), { binary: true });
        assert.deepEqual(await wire.next(), { id: '1', type: 'complete' });
      });
    },
  },
  {
    id: 'RTM-104',
    promise: 'fails a connection whose frames are not masked with 1002',
    source: 'RFC 6455 5.1',
    evidence: 'documented',
    run: async (api) => assert.equal(await closeCodeFor(api, [0x81, 0x02, 0x7b, 0x7d]), 1002),
  },
  {
    id: 'RTM-105',
    promise: 'fails a connection whose text is not UTF-8 with 1007',
    source: 'RFC 6455 8.1',
    evidence: 'documented',
    run: async (api) => assert.equal(await closeCodeFor(api, [0x81, 0x82, ...MASK, 0xc3, 0x28]), 1007),
  },
  {
    id: 'RTM-106',
    promise: 'fails a connection with a reserved bit set with 1002',
    source: 'RFC 6455 5.2',
    evidence: 'documented',
    run: async (api) => assert.equal(await closeCodeFor(api, [0xc1, 0x82, ...MASK, 0x7b, 0x7d]), 1002),
  },
  {
    id: 'RTM-107',
    promise: 'fails a connection with an unknown opcode with 1002',
    source: 'RFC 6455 5.2',
    evidence: 'documented',
    run: async (api) => assert.equal(await closeCodeFor(api, [0x83, 0x80, ...MASK]), 1002),
  },
  {
    id: 'RTM-108',
    promise:
      'fails a connection that announces a message of more than 1 MiB with 1009, before it has arrived',
    source: 'RFC 6455 7.4.1',
    evidence: 'chosen',
    run: async (api) =>
      assert.equal(await closeCodeFor(api, [0x81, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0x01, ...MASK]), 1009),
  },
  {
    id: 'RTM-109',
    promise: 'fails a connection whose frames add up to more than 1 MiB with 1009',
    source: 'RFC 6455 7.4.1',
    evidence: 'chosen',
    async run(api) {
      await using(open(api), async ({ webSocket, closed }) => {
        webSocket.on('error', () => undefined);
        for (let index = 0; index < 5; index += 1) {
          webSocket.send('x'.repeat(300_000), { fin: false });
        }
        assert.equal(await closed, 1009);
      });
    },
  },
  {
    id: 'RTM-110',
    promise: 'answers the close of a client with its code',
    source: 'RFC 6455 5.5.1',
    evidence: 'documented',
    async run(api) {
      await using(open(api), async ({ webSocket, closed }) => {
        webSocket.close(1000);
        assert.equal(await closed, 1000);
      });
    },
  },
  {
    id: 'RTM-111',
    promise: 'continues to serve others when a client breaks the protocol',
    source: 'RFC 6455 7.1.7',
    evidence: 'documented',
    async run(api) {
      await using(open(api), async (wire) => {
        for (let index = 0; index < 10; index += 1) {
          await closeCodeFor(api, [0x83, 0x80, ...MASK]);
        }
        wire.send({ type: 'stop', id: '1' });
        assert.deepEqual(await wire.next(), { id: '1', type: 'complete' });
      });
    },
  },
];
