import { randomInt } from 'node:crypto';
import { isFreePort } from './free-port.ts';

/** The address on which an engine listens. */
export interface EngineAddress {
  /** A loopback address. */
  host: string;
  port: number;
}

/**
 * Ports that browsers never connect to, whatever a page requests (Fetch Standard, "Port blocking"), without those that need a
 * superuser (below 1024) or that systems use themselves (NFS, X11). An engine answers every page with
 * `access-control-allow-origin: *` and checks no credentials, so pages must not reach it at all.
 */
export const BLOCKED_PORTS = [
  6667, 6666, 6668, 6669, 6665, 6697, 6679, 6566, 10_080, 4190, 4045, 3659, 1719, 1720, 1723, 5060, 5061,
];

const FIXED_HOST = '127.0.0.1';
/** Linux and Windows have all of 127.0.0.0/8, so engines need not share these few ports; macOS only has 127.0.0.1. */
const ADDRESSES_TRIED = 5;

/**
 * Finds a free address. Only the server and its Lambda functions know it; tools use the server's own gate instead
 * (`http/pass-through.ts`).
 *
 * @param fixed for an engine whose address cannot be chosen. @default false
 * @returns null when all of the ports are taken
 */
export async function findEngineAddress(fixed = false): Promise<EngineAddress | null> {
  const hosts = fixed ? [] : Array.from({ length: ADDRESSES_TRIED }, randomLoopback);
  for (const host of hosts) {
    const port = BLOCKED_PORTS[0]!;
    if (await isFreePort(port, host)) {
      return { host, port };
    }
  }
  for (const port of BLOCKED_PORTS) {
    if (await isFreePort(port)) {
      return { host: FIXED_HOST, port };
    }
  }
  return null;
}

/** Any address of 127.0.0.0/8, except near its ends. */
const randomLoopback = (): string => `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
