import { Expiration } from 'aws-cdk-lib';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * When the API key of a stack deployed now ends: 365 days after the first of this month (UTC), which is 334 to 365 days
 * from now. AppSync takes 365 at most (API reference, CreateApiKey), and so no key outlasts a year between two deployments. It is renewed by the first
 * deployment of each month, and the same for every synth of a month, so that a diff shows changes only.
 */
export function apiKeyExpiry(now = new Date()): Expiration {
  const firstOfMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return Expiration.atTimestamp(firstOfMonth + YEAR_MS);
}
