import { isIP } from 'node:net';

/** The host of an authority, lower-case and without brackets: `Localhost:4000` → `localhost`, `[::1]:4000` → `::1`. */
export const hostNameOf = (authority: string): string =>
  authority
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/** An address, which nobody can point elsewhere as the owner of a domain can point its names. */
export const isAddress = (name: string): boolean => isIP(name) !== 0;

/** An address of this machine that no other machine can reach: 127.0.0.0/8 (RFC 1122 3.2.1.3), also within IPv6, and ::1. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || (isIP(address.replace(/^::ffff:/, '')) === 4 && /^(::ffff:)?127\./.test(address));

/** Stands for every address of the machine where a server listens. */
export const isEveryAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** RFC 6761 6.3 keeps `localhost` and the names below it on loopback. */
export const isLoopbackName = (name: string): boolean =>
  /^(.+\.)?localhost$/.test(name) || isLoopbackAddress(name);
