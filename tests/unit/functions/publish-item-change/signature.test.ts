import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { createDynamoDbClient } from '../../../../functions/dynamodb-client.ts';
import { signer } from '../../../../functions/publish-item-change/signature.ts';

const NOON = Date.parse('2026-11-30T12:00:00Z');

const configOf = (sessionToken?: string, secretAccessKey = 'secret') =>
  createDynamoDbClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey, ...(sessionToken && { sessionToken }) },
  }).config;

/** The SDK's own signature of the same request. */
async function sdkHeaders(url: URL, config: ReturnType<typeof configOf>, body: string, now: number) {
  const signed = await new SignatureV4({ ...config, service: 'appsync', applyChecksum: false }).sign(
    new HttpRequest({
      method: 'POST',
      path: url.pathname,
      headers: { host: url.host, 'content-type': 'application/json' },
      body,
    }),
    { signingDate: new Date(now) },
  );
  return signed.headers;
}

test.each([
  ['https://abc.appsync-api.eu-central-1.amazonaws.com/graphql', 'token', '{}'],
  ['https://abc.appsync-api.eu-central-1.amazonaws.com/graphql', undefined, '{"name":"Grüße 🎉"}'],
  ['http://127.0.0.1:4000/a/ü%20b', 'token', ''],
])('signs for %s as the SDK does', async (href, token, body) => {
  const url = new URL(href);
  const config = configOf(token);

  const headers = await signer(url, config, () => NOON)(body);

  expect(headers).toEqual(await sdkHeaders(url, config, body, NOON));
});

test('signs with another key on the next day, and for other credentials', async () => {
  const url = new URL('https://abc.appsync-api.eu-central-1.amazonaws.com/graphql');
  let now = NOON;
  let secretAccessKey = 'first';
  const renewed = {
    ...configOf(),
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey }),
  };
  const sign = signer(url, renewed as unknown as ReturnType<typeof configOf>, () => now);

  await sign('{}');
  now += 24 * 3600 * 1000;
  const tomorrow = await sign('{}');
  secretAccessKey = 'second';
  const other = await sign('{}');

  expect(tomorrow).toEqual(await sdkHeaders(url, configOf(undefined, 'first'), '{}', now));
  expect(other).toEqual(await sdkHeaders(url, configOf(undefined, 'second'), '{}', now));
});
