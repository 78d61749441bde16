import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { firstByte } from '../../../src/http/first-byte.ts';
import { connectRaw } from './harness/port.ts';

const server = createServer();

afterEach(() => void server.close());

it('drops a client that says nothing in time, and puts back the byte of one that does', async () => {
  const seen: string[] = [];
  server.on('connection', (socket: Socket) =>
    firstByte(socket, 50, (byte) => {
      seen.push(String.fromCharCode(byte));
      socket.on('data', (chunk) => seen.push(String(chunk)));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const silent = await connectRaw(port);
  const talking = await connectRaw(port);

  talking.socket.write('hello');

  expect(await silent.closed()).toBe('');
  expect(talking.socket.destroyed).toBe(false);
  expect(seen.join('')).toBe('hhello');
  talking.socket.destroy();
});
