import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { loadCertificate } from '../../../../src/http/certificate.ts';
import { listen } from '../../../../src/http/listen.ts';
import type { Listener, ListenOptions } from '../../../../src/http/listen.ts';

export const certificate = await loadCertificate(null);

/** A listener on a free port that echoes the request's body. */
export const listenOnAnyPort = (options: Partial<ListenOptions> = {}): Promise<Listener> =>
  listen({
    port: 0,
    certificate: async () => certificate,
    handle: async (request) => ({
      status: 200,
      headers: { 'x-secure': String(request.secure) },
      body: await request.body(),
    }),
    upgrade: (_request, socket) => void socket.destroy(),
    log: ({ error }) => {
      throw error;
    },
    ...options,
  });

/** A raw connection: what it sends is what the server gets, byte for byte. */
export interface RawClient {
  socket: Socket;
  /** Resolves with everything received, once `until` occurs in it. */
  received(until: string): Promise<string>;
  /** Resolves with everything received, once the server has closed. */
  closed(): Promise<string>;
}

export async function connectRaw(port: number, host = '127.0.0.1'): Promise<RawClient> {
  const socket = connect({ port, host, allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const ended = new Promise<void>((resolve) => socket.once('end', () => resolve()));
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    async received(until) {
      while (!text.includes(until)) {
        await Promise.race([new Promise((resolve) => socket.once('data', resolve)), ended, closed]);
        if ((socket.readableEnded || socket.destroyed) && !text.includes(until)) {
          throw new Error(`closed after ${JSON.stringify(text)}`);
        }
      }
      return text;
    },
    async closed() {
      await Promise.race([ended, closed]);
      socket.destroy();
      return text;
    },
  };
}
