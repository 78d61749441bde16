import { createServer } from 'node:net';

/** Linux takes the ports of outgoing connections from 32768 on (ip_local_port_range), macOS and Windows from 49152. */
const LOWEST = 20_000;
const COUNT = 12_000;

/**
 * A loopback port that nothing listens on: none of those that the system gives to outgoing connections, of which tests
 * make so many that one of them may have got it by the time it is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) {
      return port;
    }
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
