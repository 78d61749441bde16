import { describe, expect, it, vi } from 'vitest';
import { type Fetch, graphqlRequest, withSignature, withToken } from '../src/index.ts';

const URL = 'https://api.example:8443/graphql';
const OPERATION = { query: '{ itemKinds { kind } }' };

const answering = (status: number, text: string) =>
  vi.fn<Fetch>(async () => ({ status, text: async () => text }));

describe('a request', () => {
  it('answers the data', async () => {
    const fetch = answering(200, '{"data":{"itemKinds":[]}}');

    const data = await graphqlRequest({ url: URL, authorization: withToken(() => 'jwt'), fetch }, OPERATION);

    expect(data).toEqual({ itemKinds: [] });
    expect(fetch.mock.lastCall).toMatchObject([
      URL,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'jwt' },
        body: JSON.stringify({ ...OPERATION, variables: {} }),
      },
    ]);
  });

  it('hands a signer what is sent, and leaves the host to who sends', async () => {
    const fetch = answering(200, '{"data":{}}');
    const sign = vi.fn(async ({ headers }: { headers: Record<string, string> }) => ({
      headers: { ...headers, Authorization: 'AWS4-HMAC-SHA256 …' },
    }));

    await graphqlRequest({ url: URL, authorization: withSignature({ sign }), fetch }, OPERATION);

    expect(sign.mock.lastCall).toEqual([
      {
        method: 'POST',
        protocol: 'https:',
        hostname: 'api.example',
        port: 8443,
        path: '/graphql',
        query: {},
        headers: { 'content-type': 'application/json', host: 'api.example:8443' },
        body: JSON.stringify({ ...OPERATION, variables: {} }),
      },
    ]);
    expect(fetch.mock.lastCall?.[1].headers).toEqual({
      'content-type': 'application/json',
      authorization: 'AWS4-HMAC-SHA256 …',
    });
  });

  it.each([
    [
      200,
      '{"data":{"itemKinds":null},"errors":[{"message":"slow","errorType":"Throttled"}]}',
      'slow',
      'retry',
    ],
    [200, '{"data":null,"errors":[{"message":"wrong","errorType":"BadRequest"}]}', 'wrong', 'none'],
    [502, '<html>', 'status 502 and no JSON', 'retry'],
    [404, '<html>', 'status 404 and no JSON', 'none'],
    [200, '<html>', 'status 200 and no JSON', 'retry'],
  ])('throws what status %i and %s mean', async (status, text, message, remedy) => {
    const asked = graphqlRequest(
      { url: URL, authorization: () => ({}), fetch: answering(status, text) },
      OPERATION,
    );

    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining(message) as string,
      remedy,
    });
  });

  it('is given up after 35 seconds, or when it is no longer wanted', async () => {
    vi.useFakeTimers();
    const stopping = new AbortController();
    const never: Fetch = () => new Promise(() => undefined); // It need not know signals.
    const ask = (): Promise<unknown> =>
      graphqlRequest(
        { url: URL, authorization: () => ({}), fetch: never, signal: stopping.signal },
        OPERATION,
      );

    const [late, stopped] = [ask(), ask()].map((asked) => asked.catch(String));
    await vi.advanceTimersByTimeAsync(35_000);
    const unwanted = ask().catch(String);
    await vi.advanceTimersByTimeAsync(0);
    stopping.abort();

    expect(await Promise.all([late, stopped, unwanted])).toEqual([
      'ApiError: the API did not answer within 35000 ms',
      'ApiError: the API did not answer within 35000 ms',
      'ApiError: the request was given up',
    ]);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
