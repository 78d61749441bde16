import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalIssuer, type LocalIssuer } from '../auth/local-issuer.ts';
import { type Certificate, loadCertificate } from '../http/certificate.ts';
import type { AppModel } from '../template/model.ts';

/** Made once. A server that keeps nothing makes it when a client asks for TLS, for that takes 300 ms. */
export function openCertificate(directory: string | null): () => Promise<Certificate> {
  let certificate: Promise<Certificate> | undefined;
  return () => (certificate ??= loadCertificate(within(directory, 'tls')));
}

/** A signing key for each user pool; kept, so that tokens outlive a restart. */
export function openIssuers(app: AppModel, directory: string | null): Promise<LocalIssuer[]> {
  return Promise.all(
    app.userPools.map((userPool) =>
      createLocalIssuer({
        userPool,
        region: app.region,
        keyFile: within(directory, `${userPool.userPoolId}.key.json`) ?? undefined,
      }),
    ),
  );
}

/** Pagination tokens outlive a restart with the data they point into. */
export async function tokenKey(directory: string | null): Promise<Buffer> {
  const file = within(directory, 'pagination.key');
  if (file === null) {
    return randomBytes(32);
  }
  const kept = await readFile(file).catch(() => null);
  if (kept?.length === 32) {
    return kept;
  }
  const key = randomBytes(32);
  await writeFile(file, key, { mode: 0o600 });
  return key;
}

const within = (directory: string | null, name: string): string | null =>
  directory === null ? null : join(directory, name);
