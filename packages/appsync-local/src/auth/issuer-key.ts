import { hkdfSync, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { StartFailure } from '../ground/start-failure.ts';

export interface IssuerKey {
  /** RFC 7638 thumbprint. */
  kid: string;
  privateKey: CryptoKey;
  /** In the form of `/.well-known/jwks.json`. */
  publicJwk: JWK;
  /** Encrypts what the issuer gives away and wants to read again; made of the private key, so it is kept with it. */
  sealingKey: Uint8Array;
}

/**
 * Loads or creates the RSA key pair that a local issuer signs with.
 *
 * @param keyFile keeps the private key as a JWK that only its owner can read; created when absent. Without it the pair lives as
 * long as the process.
 * @throws StartFailure when the file contains something else.
 */
export async function loadIssuerKey(keyFile?: string): Promise<IssuerKey> {
  if (keyFile === undefined) {
    return toIssuerKey(await generatePrivateJwk());
  }
  const text = (await readIfPresent(keyFile)) ?? (await createKeyFile(keyFile));
  try {
    return await toIssuerKey(JSON.parse(text) as JWK);
  } catch {
    throw new StartFailure(
      `The issuer's key file '${keyFile}' holds no RSA private key (JWK); delete it and start again to generate a new one.`,
    );
  }
}

async function generatePrivateJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return exportJWK(privateKey);
}

async function toIssuerKey(jwk: JWK): Promise<IssuerKey> {
  const { kty, n, e } = jwk;
  const privateKey = await importJWK(jwk, 'RS256');
  if (privateKey instanceof Uint8Array || privateKey.type !== 'private') {
    throw new Error('not a private key');
  }
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    privateKey,
    publicJwk: { kty: kty as 'RSA', n, e, kid, alg: 'RS256', use: 'sig' },
    sealingKey: new Uint8Array(hkdfSync('sha256', Buffer.from(jwk.d!, 'base64url'), kid, 'sealed', 32)),
  };
}

async function readIfPresent(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

/** Writes to a temporary file and links it into place, so that a second server never reads half a key and never replaces one. */
async function createKeyFile(keyFile: string): Promise<string> {
  const aside = `${keyFile}.${randomUUID()}`;
  await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
  await writeFile(aside, JSON.stringify(await generatePrivateJwk()), { mode: 0o600 });
  try {
    await link(aside, keyFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(aside, { force: true });
  }
  return readFile(keyFile, 'utf8');
}
