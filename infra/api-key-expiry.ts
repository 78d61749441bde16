import { Expiration } from 'aws-cdk-lib';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/**
 * A year from the first of this month (UTC): within AppSync's 365 days, renewed by the first deployment of each month, and
 * the same for every synth of a month, so that a diff shows changes only.
 */
export function apiKeyExpiry(now = new Date()): Expiration {
  const firstOfMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  return Expiration.atTimestamp(firstOfMonth + YEAR_MS);
}
