import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * Finds ports that are free on loopback. The engine cannot choose one itself: it prints `:0` (measured 2026-11-23).
 *
 * @param count All are held while they are chosen, so they differ.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

/** Whether an engine ended because another program has taken its port, judging by its last words. */
export const saysPortTaken = (error: unknown): boolean =>
  /address in use|already in use/i.test((error as Error).message);

/** Whether a port can be bound on a loopback address. */
export async function isFreePort(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    const server = await listen(port, host);
    await new Promise((closed) => server.close(closed));
    return true;
  } catch {
    return false;
  }
}

function listen(port: number, host = '127.0.0.1'): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}
