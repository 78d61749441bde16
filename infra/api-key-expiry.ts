import { Expiration } from 'aws-cdk-lib';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * When the API key of a stack deployed now expires: 365 days after the first of this month (UTC), which is 334 to 365 days from
 * now. AppSync allows at most 365 (API reference, CreateApiKey), so no key survives a year between two deployments. The first
 * deployment of each month renews it, and every synth within a month gives the same date, so that a diff shows only changes.
 */
export function apiKeyExpiry(now = new Date()): Expiration {
  const firstOfMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return Expiration.atTimestamp(firstOfMonth + YEAR_MS);
}
