import { describe, expect, it } from 'vitest';
import { API_KEY, authorizeWith, KEY, NOT_AUTHORIZED, refusalOf, request } from './harness/modes.ts';

const HOUR = 3600_000;
const start = Date.parse('2026-11-23T10:20:00Z');
const keyed = (key: string) => request({ 'x-api-key': key });

describe('an API key', () => {
  it('identifies nobody', async () => {
    const caller = await authorizeWith([KEY])(keyed(API_KEY));

    expect(caller).toEqual({ mode: 'API_KEY', identity: null, groups: [] });
  });

  it.each(['', 'da2-wrong', `${API_KEY}x`, 'da2-localdevkey000000000000001'])(
    'is refused: "%s"',
    async (key) => {
      const refusal = await refusalOf(authorizeWith([KEY])(keyed(key)));

      expect(refusal).toEqual(NOT_AUTHORIZED);
    },
  );

  it.each([
    ['7 days without one', undefined, start + 7 * 24 * HOUR - 21 * 60_000, true],
    ['7 days without one, rounded down to the hour', undefined, start + 7 * 24 * HOUR - 20 * 60_000, false],
    ['the template names', start / 1000 + 3600, start + HOUR - 21 * 60_000, true],
    ['the template names, rounded down to the hour', start / 1000 + 3600, start + HOUR - 20 * 60_000, false],
  ])('lives until the expiry: %s', async (_, expires, now, alive) => {
    let time = start;
    const apiKeys = [{ logicalId: 'Key', key: API_KEY, ...(expires !== undefined && { expires }) }];
    const authorize = authorizeWith([KEY], { api: { apiKeys }, now: () => time });

    time = now;
    const outcome = await authorize(keyed(API_KEY)).then(
      () => true,
      () => false,
    );

    expect(outcome).toBe(alive);
  });

  it('is refused where the API has none', async () => {
    const authorize = authorizeWith([KEY], { api: { apiKeys: [] } });

    const refusal = await refusalOf(authorize(keyed(API_KEY)));

    expect(refusal).toEqual(NOT_AUTHORIZED);
  });

  it('is one of several, each with an expiry of its own', async () => {
    const second = 'da2-another0000000000000000000';
    const apiKeys = [
      { logicalId: 'A', key: API_KEY, expires: 7200 },
      { logicalId: 'B', key: second, expires: 14_400 },
    ];
    let time = 0;
    const authorize = authorizeWith([KEY], { api: { apiKeys }, now: () => time });
    const admits = (key: string) =>
      authorize(keyed(key)).then(
        () => true,
        () => false,
      );

    expect([await admits(API_KEY), await admits(second)]).toEqual([true, true]);
    time = 7_200_000;
    expect([await admits(API_KEY), await admits(second)]).toEqual([false, true]);
    time = 14_400_000;
    expect([await admits(API_KEY), await admits(second)]).toEqual([false, false]);
  });
});
