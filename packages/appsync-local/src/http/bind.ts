import type { AddressInfo, Server } from 'node:net';
import { StartFailure } from '../ground/start-failure.ts';
import { isEveryAddress, isLoopbackAddress } from './host-names.ts';

const LOOPBACK = '127.0.0.1';
const LOOPBACK_6 = '::1';

/** Attempts to find a port that is free on both loopback addresses, if any port will do. */
const ATTEMPTS = 5;

interface Bound {
  port: number;
  /** The addresses that it listens on, such as `127.0.0.1`; `0.0.0.0` and `::` mean all addresses. */
  addresses: string[];
  /** Those of the given servers that now listen. */
  servers: Server[];
}

/**
 * Makes the first server listen on `host`; without a host, on 127.0.0.1, and the second server on ::1 if the machine has it.
 * With a host that other machines can reach, the second one listens on 127.0.0.1, for endpoints that only answer this machine.
 *
 * @throws StartFailure when the port or the host is not available.
 */
export async function bindAll(
  servers: [Server, Server],
  host: string | undefined,
  port: number,
): Promise<Bound> {
  const both = host === undefined || host === 'localhost';
  const first = both ? LOOPBACK : host;
  const besides = both ? () => LOOPBACK_6 : besidesHost;
  for (let attempt = 1; ; attempt++) {
    try {
      return await bindEach(servers, first, port, besides);
    } catch (error) {
      if (port === 0 && codeOf(error) === 'EADDRINUSE' && attempt < ATTEMPTS) {
        continue;
      }
      throw explained(error, first, port);
    }
  }
}

/** The second address to listen on; undefined when the first one serves this machine already. */
const besidesHost = (address: string): string | undefined =>
  isLoopbackAddress(address) || isEveryAddress(address) ? undefined : LOOPBACK;

async function bindEach(
  servers: [Server, Server],
  host: string,
  port: number,
  besides: (address: string) => string | undefined,
): Promise<Bound> {
  const [first, second] = servers;
  await bind(first, host, port);
  const { port: taken, address } = first.address() as AddressInfo;
  const other = besides(address);
  if (other === undefined) {
    return { port: taken, addresses: [address], servers: [first] };
  }
  try {
    await bind(second, other, taken);
    return { port: taken, addresses: [address, other], servers: [first, second] };
  } catch (error) {
    if (isAbsent(error)) {
      return { port: taken, addresses: [address], servers: [first] };
    }
    await new Promise((resolve) => first.close(resolve));
    throw error;
  }
}

const bind = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** A machine without IPv6, like many containers. */
const isAbsent = (error: unknown): boolean =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(codeOf(error) ?? '');

function explained(error: unknown, host: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartFailure(`port ${port} is in use; stop the other process or pass --port N`);
    case 'EACCES':
      return new StartFailure(
        `port ${port} may not be used by this user (EACCES); pass --port N with N above 1023`,
      );
    case 'ERR_SOCKET_BAD_PORT':
      return new StartFailure(`port ${port} does not exist; pass --port N with N from 0 to 65535`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFailure(
        `host ${host} is not an address of this machine; leave it out to listen on loopback`,
      );
    default:
      return error;
  }
}
