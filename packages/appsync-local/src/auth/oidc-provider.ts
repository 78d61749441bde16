import type { JSONWebKeySet, JWK } from 'jose';

/** The keys that verify an OpenID Connect provider's tokens. */
export interface KeySource {
  /** The key with this id; undefined when the provider lacks it or cannot be reached. Never rejects. */
  find(kid: string): Promise<JWK | undefined>;
}

export interface RemoteKeysOptions {
  issuer: string;
  /** @default the global one */
  fetch?: typeof fetch;
  /** Epoch milliseconds. */
  now: () => number;
  /** Receives one line that says why a provider failed. */
  log: (line: string) => void;
}

/** How long keys are used before they are fetched again, and how often an unknown key id may cause a fetch. */
const FRESH_MS = 10 * 60_000;
const ASK_AGAIN_MS = 5_000;
const TIMEOUT_MS = 5_000;

/** Whether a URL's host is this machine, so that a request to it never leaves the machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)
  );
}

export const discoveryUrl = (issuer: string): string =>
  `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;

export const keySetSource = (jwks: () => JSONWebKeySet): KeySource => ({
  find: async (kid) => jwks().keys.find((key) => key.kid === kid),
});

/**
 * Fetches the discovery document of a provider on this machine, then the keys at its `jwks_uri`, when the first token arrives
 * (AppSync developer guide, "OPENID_CONNECT authorization"). Does not follow redirects, which could lead away from this
 * machine.
 */
export function createRemoteKeys(options: RemoteKeysOptions): KeySource {
  const { now, log, issuer } = options;
  let kept: { keys: JWK[]; askedAt: number } | undefined;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    try {
      kept = { keys: await fetchKeys(options), askedAt: now() };
    } catch (error) {
      log(`OpenID Connect provider ${issuer}: ${(error as Error).message}`);
      kept = { keys: kept?.keys ?? [], askedAt: now() };
    } finally {
      asking = undefined;
    }
  };
  const found = (kid: string): JWK | undefined => kept?.keys.find((key) => key.kid === kid);

  return {
    async find(kid) {
      const age = kept === undefined ? Infinity : now() - kept.askedAt;
      if (age > (found(kid) ? FRESH_MS : ASK_AGAIN_MS)) {
        await (asking ??= ask());
      }
      return found(kid);
    },
  };
}

async function fetchKeys(options: RemoteKeysOptions): Promise<JWK[]> {
  const { issuer } = options;
  const document = await fetchJson(discoveryUrl(issuer), options);
  if (document['issuer'] !== issuer) {
    throw new Error(
      `its discovery document names the issuer '${String(document['issuer'])}'; the two must be equal`,
    );
  }
  const uri = document['jwks_uri'];
  if (typeof uri !== 'string' || !isLoopback(uri)) {
    throw new Error(`its jwks_uri is '${String(uri)}'; it must be a URL on this machine`);
  }
  const { keys } = await fetchJson(uri, options);
  if (!Array.isArray(keys)) {
    throw new Error(`${uri} is not a JSON Web Key Set: it has no list of keys`);
  }
  // AppSync uses keys that have both (AppSync developer guide, "OPENID_CONNECT authorization").
  return keys.filter((key: JWK) => typeof key?.kid === 'string' && typeof key.kty === 'string') as JWK[];
}

async function fetchJson(
  url: string,
  { fetch: get = fetch }: RemoteKeysOptions,
): Promise<Record<string, unknown>> {
  const response = await get(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (error: Error) => {
      throw new Error(
        `${url} does not answer (${reasonOf(error)}); start the provider, or correct the template's Issuer`,
      );
    },
  );
  if (!response.ok) {
    throw new Error(`${url} answers ${response.status}`);
  }
  const value: unknown = await response.json().catch(() => undefined);
  if (typeof value === 'object' && value !== null) {
    return value as Record<string, unknown>;
  }
  throw new Error(`${url} does not answer with a JSON object`);
}

function reasonOf(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message;
}
