import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import type { Authority, Leaf } from './certificate-maker.ts';

export interface Certificate {
  /** PEM texts of the server's private key and certificate. */
  key: string;
  cert: string;
  /** The CA's certificate, to be trusted by clients: `NODE_EXTRA_CA_CERTS`, a browser's or the system's store. */
  caPem: string;
  /** The file with `caPem`; absent when nothing is kept. */
  caFile?: string;
}

/** A certificate this close to its expiry is replaced. */
const RENEW_BEFORE_MS = 30 * 24 * 3_600_000;

const FILES = {
  ca: { cert: 'ca.pem', key: 'ca-key.pem' },
  server: { cert: 'server.pem', key: 'server-key.pem' },
};

/**
 * Loads the certificate for TLS on loopback, signed by a CA that exists for this directory only. Both are created at the first
 * start and read afterwards; a renewed server certificate comes from the same CA, so it stays trusted.
 *
 * @param directory keeps both, readable only by its owner; null keeps nothing.
 * @throws StartFailure when the directory cannot be written.
 */
export async function loadCertificate(directory: string | null, nowMs = Date.now()): Promise<Certificate> {
  const keptCa = directory === null ? null : await loadPair(directory, FILES.ca, nowMs);
  const keptServer = directory === null ? null : await loadPair(directory, FILES.server, nowMs);
  if (directory !== null && keptCa && keptServer && isSignedBy(keptServer, keptCa)) {
    return certificate(directory, keptCa, keptServer);
  }

  // The certificate library takes 300 ms to load and use, so only a start that creates a certificate loads it.
  const { createAuthority, createLeaf } = await import('./certificate-maker.ts');
  const ca = keptCa ?? (await createAuthority(nowMs));
  const server = await createLeaf(ca, nowMs);
  if (directory !== null) {
    await keep(directory, FILES.ca, ca);
    await keep(directory, FILES.server, server);
  }
  return certificate(directory, ca, server);
}

const certificate = (directory: string | null, ca: Authority, server: Leaf): Certificate => ({
  key: server.key,
  cert: server.cert,
  caPem: ca.cert,
  ...(directory === null ? {} : { caFile: join(directory, FILES.ca.cert) }),
});

/** Null when a file is missing or damaged, does not match the other one, or expires too soon. */
async function loadPair(
  directory: string,
  files: { cert: string; key: string },
  nowMs: number,
): Promise<Leaf | null> {
  try {
    const [cert, key] = await Promise.all([
      readFile(join(directory, files.cert), 'utf8'),
      readFile(join(directory, files.key), 'utf8'),
    ]);
    const parsed = new X509Certificate(cert);
    const fits = parsed.checkPrivateKey(createPrivateKey(key));
    return fits && Date.parse(parsed.validTo) - nowMs > RENEW_BEFORE_MS ? { cert, key } : null;
  } catch {
    return null;
  }
}

function isSignedBy(server: Leaf, ca: Authority): boolean {
  return new X509Certificate(server.cert).verify(new X509Certificate(ca.cert).publicKey);
}

async function keep(directory: string, files: { cert: string; key: string }, pair: Leaf): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await replace(join(directory, files.key), pair.key);
    await replace(join(directory, files.cert), pair.cert);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      `cannot keep the TLS certificate in ${directory} (${code}); make it writable or pass --memory`,
    );
  }
}

/** Readers see the old file or the new one, never half of one. */
async function replace(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}
