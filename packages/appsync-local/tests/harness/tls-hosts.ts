import { checkServerIdentity, type PeerCertificate } from 'node:tls';

const certificate = { subject: {}, subjectaltname: 'IP Address:::1' } as unknown as PeerCertificate;

/**
 * The hosts of our certificate whose identity a client on this Node.js can check. From 22.23.0, 24.17.0 and 26.0 on some releases find no
 * IPv6 address in a certificate (nodejs/node#64144; 24.21.0 and 26.10.0 do again).
 */
export const TLS_HOSTS =
  checkServerIdentity('::1', certificate) === undefined
    ? ['localhost', '127.0.0.1', '[::1]']
    : ['localhost', '127.0.0.1'];
