import { isIP } from 'node:net';

/** IPv4 or IPv6, with or without a CIDR suffix: `123.45.67.89/16` (AppSync developer guide, "Scalar types"). */
export function isIpAddress(text: string): boolean {
  const [address = '', suffix, ...more] = text.split('/');
  const family = isIP(address);
  // A zone (`fe80::1%eth0`) has meaning only on one machine.
  if (family === 0 || address.includes('%') || more.length > 0) {
    return false;
  }
  return suffix === undefined || (/^\d{1,3}$/.test(suffix) && Number(suffix) <= (family === 4 ? 32 : 128));
}
