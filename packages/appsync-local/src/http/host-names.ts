import { isIP } from 'node:net';

/** The host of an authority, lower-case and without brackets: `Localhost:4000` → `localhost`, `[::1]:4000` → `::1`. */
export const hostNameOf = (authority: string): string =>
  authority
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/** Whether a name is an address, which nobody can point elsewhere, unlike the names of a domain. */
export const isAddress = (name: string): boolean => isIP(name) !== 0;

/** Whether an address of this machine is unreachable from other machines: 127.0.0.0/8 (RFC 1122 3.2.1.3), also within IPv6, and ::1. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || (isIP(address.replace(/^::ffff:/, '')) === 4 && /^(::ffff:)?127\./.test(address));

/** Whether an address means every address of the machine when a server listens on it. */
export const isEveryAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** RFC 6761 6.3 reserves `localhost` and the names below it for loopback. */
export const isLoopbackName = (name: string): boolean =>
  /^(.+\.)?localhost$/.test(name) || isLoopbackAddress(name);
