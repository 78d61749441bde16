import type { SignedRequest } from './caller.ts';

/**
 * A header's value, with repeated ones joined by commas (RFC 9110, 5.3); undefined when absent. Some names come from clients,
 * so only own members count.
 */
export function headerOf(request: SignedRequest, name: string): string | undefined {
  const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
  return Array.isArray(value) ? value.join(',') : value;
}

/** `ctx.identity.sourceIp`: the `x-forwarded-for` entries, then the address of the connection. */
export function sourceIpOf(request: SignedRequest): string[] {
  const forwarded = headerOf(request, 'x-forwarded-for')?.split(',') ?? [];
  // Node.js shows an IPv4 peer of a dual-stack socket as ::ffff:127.0.0.1; AppSync shows plain IPv4.
  const addresses = [...forwarded, request.remoteAddress.replace(/^::ffff:/, '')];
  return addresses.map((address) => address.trim()).filter((address) => address !== '');
}
