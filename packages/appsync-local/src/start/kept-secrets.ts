import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalIssuer, type LocalIssuer } from '../auth/local-issuer.ts';
import { createLocalOidcIssuer } from '../auth/local-oidc-issuer.ts';
import { isLoopback } from '../auth/oidc-provider.ts';
import { type Certificate, loadCertificate } from '../http/certificate.ts';
import type { AppModel } from '../template/app-model.ts';

/** Made once. A server that keeps nothing makes it when a client asks for TLS, for that takes 300 ms. */
export function openCertificate(directory: string | null): () => Promise<Certificate> {
  let certificate: Promise<Certificate> | undefined;
  return () => (certificate ??= loadCertificate(within(directory, 'tls')));
}

/**
 * A signing key for each user pool and for each OpenID Connect provider that is not on this machine; kept, so that
 * tokens outlive a restart.
 */
export function openIssuers(app: AppModel, directory: string | null): Promise<LocalIssuer[]> {
  const keyFile = (name: string): string | undefined => within(directory, `${name}.key.json`) ?? undefined;
  const pools = app.userPools.map((userPool) =>
    createLocalIssuer({
      userPool,
      // A pool that is only imported may be in another region; its id begins with it.
      region: userPool.userPoolId.split('_')[0]!,
      keyFile: keyFile(userPool.userPoolId),
    }),
  );
  const providers = new Map(
    app.api.authModes.flatMap((mode) =>
      mode.type === 'OPENID_CONNECT' && !isLoopback(mode.issuer) ? [[mode.issuer, mode] as const] : [],
    ),
  );
  const standIns = [...providers.values()].map((mode) =>
    createLocalOidcIssuer({ mode, keyFile: keyFile(`oidc-${fileNameOf(mode.issuer)}`) }),
  );
  return Promise.all([...pools, ...standIns]);
}

/** Different issuers may read alike once what no file name takes is gone, hence the hash. */
function fileNameOf(issuer: string): string {
  const hash = createHash('sha256').update(issuer).digest('hex').slice(0, 8);
  return `${new URL(issuer).hostname}-${hash}`;
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
