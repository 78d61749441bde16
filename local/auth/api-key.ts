import type { ApiKeyModel } from '../template/model.ts';
import { equalInConstantTime } from './constant-time.ts';
import { notAuthorized } from './refusals.ts';
import { headerOf } from './request-headers.ts';
import type { Verifier } from './verifier.ts';

const SEVEN_DAYS_MS = 7 * 24 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;

/**
 * When the last of an API's keys expires, in epoch milliseconds; null for an API without keys. A key without `Expires`
 * lives 7 days, and expiry is rounded down to the hour (SDK reference, CreateApiKey; rounding observed on AWS).
 *
 * @param createdAtMs when keys without `Expires` count as created: the start of the server.
 */
export const apiKeysExpireAt = (apiKeys: ApiKeyModel[], createdAtMs: number): number | null => {
  if (apiKeys.length === 0) return null;
  const expiries = apiKeys.map(({ expires }) =>
    expires === undefined ? createdAtMs + SEVEN_DAYS_MS : expires * 1000,
  );
  return Math.floor(Math.max(...expiries) / HOUR_MS) * HOUR_MS;
};

/**
 * Mode API_KEY. The secrets of an API's keys exist only on AWS, so one local key stands for all of them, as long as one
 * of them would still be valid; an API without keys admits nobody, as on AWS.
 *
 * @param now epoch milliseconds.
 */
export const createApiKeyVerifier = (options: {
  apiKeys: ApiKeyModel[];
  localKey: string;
  now: () => number;
}): Verifier => {
  const expiresAt = apiKeysExpireAt(options.apiKeys, options.now());
  return {
    mode: 'API_KEY',
    recognizes: (request) => headerOf(request, 'x-api-key') !== undefined,
    async verify(request) {
      const given = headerOf(request, 'x-api-key') ?? '';
      const alive = expiresAt !== null && options.now() < expiresAt;
      if (!equalInConstantTime(given, options.localKey) || !alive) throw notAuthorized();
      return { mode: 'API_KEY', identity: null, groups: [] };
    },
  };
};
