import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalIssuer, type LocalIssuer } from '../auth/local-issuer.ts';
import { createLocalOidcIssuer } from '../auth/local-oidc-issuer.ts';
import { isLoopback } from '../auth/oidc-provider.ts';
import { type Certificate, loadCertificate } from '../http/certificate.ts';
import type { AppModel } from '../template/app-model.ts';

/** Creates it once. A server that keeps nothing creates it when a client requests TLS, since that takes 300 ms. */
export function openCertificate(directory: string | null): () => Promise<Certificate> {
  let certificate: Promise<Certificate> | undefined;
  return () => (certificate ??= loadCertificate(within(directory, 'tls')));
}

/**
 * Loads a signing key for each user pool and for each OpenID Connect provider outside this machine; kept, so that tokens stay
 * valid after a restart.
 */
export function openIssuers(app: AppModel, directory: string | null): Promise<LocalIssuer[]> {
  const keyFile = (name: string): string | undefined => within(directory, `${name}.key.json`) ?? undefined;
  const pools = app.userPools.map((userPool) =>
    createLocalIssuer({
      userPool,
      // An imported pool may be in another region; its id begins with it.
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

/** The hash keeps issuers apart that look alike without the characters that file names cannot have. */
function fileNameOf(issuer: string): string {
  const hash = createHash('sha256').update(issuer).digest('hex').slice(0, 8);
  return `${new URL(issuer).hostname}-${hash}`;
}

/** Pagination tokens survive a restart, like the data that they point into. */
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
