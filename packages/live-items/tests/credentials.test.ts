import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withToken } from '../src/authorization.ts';
import { credentialsFor, expiryOf } from '../src/credentials.ts';
import { type FakeApi, fakeApi } from './harness/fake-api.ts';
import { passing, viewOf } from './harness/view.ts';

let api: FakeApi;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  api = fakeApi();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const base64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token without a valid signature. @param lifeS seconds from now on */
function tokenFor(lifeS: number, more: object = {}): string {
  const iat = Math.floor(Date.now() / 1000);
  return `${base64Url({ alg: 'RS256' })}.${base64Url({ iat, exp: iat + lifeS, sub: 'ünï', ...more })}.c2ln`;
}

/** An identity provider with a cache, as Amplify's is: it gives the same token until it has expired or a new one is asked for. */
function provider(lifeS: number) {
  const asked: boolean[] = [];
  let token = '';
  const source = ({ forceRefresh }: { forceRefresh: boolean }): string => {
    asked.push(forceRefresh);
    if (forceRefresh || expiryOf({ authorization: token }) === Infinity) {
      token = tokenFor(lifeS, { made: asked.length });
    }
    return token;
  };
  return { asked, authorization: withToken(source), current: () => token };
}

const request = { url: 'https://api.example/graphql', body: '', headers: {}, forceRefresh: false };

describe('credentials', () => {
  it('that have expired are asked for anew before they are used', async () => {
    const { authorization, asked } = provider(60);
    await credentialsFor(authorization, request);

    vi.setSystemTime(Date.now() + 60_000);
    const headers = await credentialsFor(authorization, request);

    expect(asked).toEqual([false, false, true]);
    expect(expiryOf(headers)).toBe(Date.now() + 60_000);
  });

  it.each([
    [{ authorization: 'custom-lambda-token' }],
    [{ authorization: 'a.b.c' }],
    [{ 'x-api-key': 'da2-key' }],
    [{ authorization: `x.${base64Url({ sub: 'a' })}.y` }],
  ])('%j do not say when they expire', (headers) => {
    expect(expiryOf(headers)).toBe(Infinity);
  });

  it('are read with a Bearer in front, too', () => {
    expect(expiryOf({ Authorization: `Bearer ${tokenFor(60)}` })).toBe(Date.now() + 60_000);
  });

  it('that are new live their time where the clock of this machine is wrong', () => {
    const token = tokenFor(300);
    vi.setSystemTime(Date.now() + 3_600_000);

    expect(expiryOf({ authorization: token }, true)).toBe(Date.now() + 300_000);
  });
});

describe('a running subscription', () => {
  it('is registered with the next token before the last one ends, and hears all the while', async () => {
    const { authorization, current } = provider(3_600);
    const { statuses, orders } = viewOf(api, { authorization, silenceMs: Infinity, keepAliveMs: 1e9 });
    await passing();
    const first = current();

    await passing(3_600_000 - 60_000 - 1);
    api.write('before', {});
    await passing();
    const early = api.started.length;
    await passing(1);
    api.write('after', {});
    await passing();

    expect(early).toBe(1);
    expect(api.started.map(({ Authorization }) => Authorization)).toEqual([first, current()]);
    expect(orders()).toEqual([1, 2]);
    expect(statuses).toEqual([['live']]);
    expect(api.opened).toBe(1);
    expect(api.subscriptions()).toBe(1);
  });

  it('is renewed again and again, at four fifths of a short life', async () => {
    const { authorization } = provider(10);
    const { statuses } = viewOf(api, { authorization, silenceMs: Infinity });
    await passing();

    await passing(41_000);

    expect(api.started).toHaveLength(6);
    expect(new Set(api.started.map(({ Authorization }) => Authorization)).size).toBe(6);
    expect(statuses).toEqual([['live']]);
  });

  it('goes on with the old token while the provider cannot be reached, and says so once that has ended', async () => {
    let isDown = false;
    const { authorization } = provider(100);
    const { statuses, live } = viewOf(api, {
      silenceMs: Infinity,
      authorization: (asked) => {
        if (isDown) {
          throw new Error('no provider');
        }
        return authorization(asked);
      },
    });
    await passing();
    isDown = true;

    await passing(99_000);
    const late = live.status;
    await passing(30_000);
    const over = live.status;
    isDown = false;
    await passing(30_000);

    expect([late, over, live.status]).toEqual(['live', 'reconnecting', 'live']);
    expect(statuses[1]).toEqual(['reconnecting', 'no provider']);
  });

  it('ends where the next credentials are refused twice', async () => {
    const { authorization } = provider(100);
    const { live, statuses } = viewOf(api, { authorization, silenceMs: Infinity });
    await passing();
    api.refuses = { errorType: 'UnauthorizedException', message: 'signed out' };

    await passing(90_000);

    expect(live.status).toBe('failed');
    expect(statuses.at(-1)).toEqual(['failed', 'signed out']);
  });
});
