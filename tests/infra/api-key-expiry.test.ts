import { expect, test } from 'vitest';
import { apiKeyExpiry } from '../../infra/api-key-expiry.ts';

const DAY_MS = 24 * 3600 * 1000;
const expiryAt = (time: string): number => apiKeyExpiry(new Date(time)).date.getTime();

test.each(['2027-02-28T23:59:59Z', '2028-02-01T00:00:00Z', '2027-12-31T12:00:00Z', '2027-05-01T00:00:00Z'])(
  'a key made at %s lasts 334 to 365 days, the most that AppSync allows',
  (time) => {
    const days = (expiryAt(time) - Date.parse(time)) / DAY_MS;

    expect(days).toBeGreaterThan(333);
    expect(days).toBeLessThanOrEqual(365);
  },
);

test('is the same for every synth of a month, and later the next month', () => {
  const first = expiryAt('2027-03-01T00:00:00Z');
  const last = expiryAt('2027-03-31T23:59:59.999Z');
  const next = expiryAt('2027-04-01T00:00:00Z');

  expect(last).toBe(first);
  expect(next - first).toBe(31 * DAY_MS);
});
