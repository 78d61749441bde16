import { webcrypto } from 'node:crypto';
import type { X509Certificate } from '@peculiar/x509';
import { loadX509 } from './x509.ts';

/** PEM texts of a certificate and its private key. */
export interface Leaf {
  cert: string;
  key: string;
}

export type Authority = Leaf;

const DAY_MS = 24 * 3_600_000;
const LEAF_DAYS = 365;
const AUTHORITY_DAYS = 5 * 365;

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Creates a CA that can sign only for loopback. Valid for 5 years. */
export async function createAuthority(nowMs: number): Promise<Authority> {
  const x509 = await loadX509();
  const keys = await createKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    // The date distinguishes authorities in a trust store's list.
    name: `CN=appsync local CA ${new Date(nowMs).toISOString().slice(0, 10)}`,
    ...validity(nowMs, AUTHORITY_DAYS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      new x509.Extension('2.5.29.30', true, LOOPBACK_ONLY),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(cert), key: await exportKey(keys.privateKey) };
}

/** Creates a server certificate for `localhost`, `127.0.0.1` and `::1`. Valid for a year, or as long as its CA. */
export async function createLeaf(authority: Authority, nowMs: number): Promise<Leaf> {
  const x509 = await loadX509();
  const ca = new x509.X509Certificate(authority.cert);
  const keys = await createKeys();
  const { notBefore, notAfter } = validity(nowMs, LEAF_DAYS);
  const cert = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: ca.subject,
    notBefore,
    notAfter: notAfter < ca.notAfter ? notAfter : ca.notAfter,
    signingAlgorithm: SIGNING,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(ca),
    ],
  });
  return { cert: pem(cert), key: await exportKey(keys.privateKey) };
}

/** From an hour ago, for clients whose clock is behind. */
const validity = (nowMs: number, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(nowMs - 3_600_000),
  notAfter: new Date(nowMs + days * DAY_MS),
});

const createKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);

const pem = (certificate: X509Certificate): string => `${certificate.toString('pem')}\n`;

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}

function importKey(pemText: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pemText.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, P256, false, ['sign']);
}

/** A DER element whose contents are shorter than 128 bytes. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, body.length]), body]);
}

/**
 * NameConstraints (RFC 5280 4.2.1.10), which the certificate library cannot write: permitted subtrees `localhost`, 127.0.0.1/32
 * and ::1/128. A thief of the CA's key can only impersonate this machine to itself.
 */
const LOOPBACK_ONLY = der(
  0x30,
  der(
    0xa0,
    der(0x30, der(0x82, Buffer.from('localhost'))),
    der(0x30, der(0x87, Buffer.from('7f000001ffffffff', 'hex'))),
    der(0x30, der(0x87, Buffer.from(`${'00'.repeat(15)}01${'ff'.repeat(16)}`, 'hex'))),
  ),
);
