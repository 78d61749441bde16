import type { ApiKeyModel } from '../template/app-model.ts';
import { equalInConstantTime } from './constant-time.ts';
import { notAuthorized } from './refusals.ts';
import { headerOf } from './request-headers.ts';
import type { Verifier } from './verifier.ts';

const SEVEN_DAYS_MS = 7 * 24 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;

/**
 * When an API key expires, in epoch milliseconds. A key without `Expires` lives 7 days, and the expiry is rounded down to the
 * hour (SDK reference, CreateApiKey; rounding observed on AWS).
 *
 * @param createdAtMs creation time of a key without `Expires`: the start of the server.
 */
export function apiKeyExpiresAt({ expires }: ApiKeyModel, createdAtMs: number): number {
  const exact = expires === undefined ? createdAtMs + SEVEN_DAYS_MS : expires * 1000;
  return Math.floor(exact / HOUR_MS) * HOUR_MS;
}

/**
 * Mode API_KEY: one of the API's keys, until it expires; an API without keys admits nobody, as on AWS.
 *
 * @param now epoch milliseconds.
 */
export function createApiKeyVerifier(options: { apiKeys: ApiKeyModel[]; now: () => number }): Verifier {
  const { now } = options;
  const createdAt = now();
  const keys = options.apiKeys.map((model) => ({
    key: model.key,
    expiresAt: apiKeyExpiresAt(model, createdAt),
  }));
  return {
    mode: 'API_KEY',
    recognizes: (request) => headerOf(request, 'x-api-key') !== undefined,
    async verify(request) {
      const given = headerOf(request, 'x-api-key') ?? '';
      // Compares every key, so that the time taken does not reveal which one matched.
      const matching = keys.filter(({ key }) => equalInConstantTime(given, key));
      if (!matching.some(({ expiresAt }) => now() < expiresAt)) {
        throw notAuthorized();
      }
      return { mode: 'API_KEY', identity: null, groups: [] };
    },
  };
}
