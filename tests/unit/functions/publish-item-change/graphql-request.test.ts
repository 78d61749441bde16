import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createDynamoDbClient } from '../../../../functions/dynamodb-client.ts';
import { signedSend } from '../../../../functions/publish-item-change/graphql-request.ts';
import { serve } from '../harness/scripted-server.ts';

const { config } = createDynamoDbClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' },
});

const open = (url: URL, timeOutMs?: number) => signedSend(url, config, timeOutMs);

test('sends text as UTF-8 and answers what comes, over one connection', async () => {
  const { url, connections } = await serve((_, response, { url: path, body }) =>
    response.writeHead(429).end(`${path} ${body}`),
  );
  const send = open(new URL('graphql', url));

  const first = await send('Grüße');
  const second = await send('…');

  expect([first, second]).toEqual([
    { status: 429, body: '/graphql Grüße' },
    { status: 429, body: '/graphql …' },
  ]);
  expect(connections()).toBe(1);
});

test('signs each request for AppSync, its region and time, with the session of the credentials', async () => {
  const { url, received } = await serve((_, response) => response.end());

  await open(url)('{}');

  expect(received[0]!.headers).toMatchObject({
    host: url.host,
    'content-type': 'application/json',
    'x-amz-security-token': 'token',
    'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-central-1\/appsync\/aws4_request, SignedHeaders=content-type;host;.*, Signature=[0-9a-f]{64}$/,
    ) as string,
  });
});

/** Begins a head that never ends. */
function drip({ socket }: ServerResponse): void {
  socket!.write('HTTP/1.1 200 OK\r\n');
  const dripping = setInterval(() => socket!.write('x-more: 1\r\n'), 10);
  socket!.on('close', () => clearInterval(dripping)).on('error', () => undefined);
}

test.each<[string, (response: ServerResponse) => void]>([
  ['nothing comes', () => undefined],
  ['the headers do not come to an end', drip],
  [
    'an answer begins and does not go on',
    (response) => response.writeHead(200, { 'content-length': 10 }).write('{'),
  ],
])('rejects as timed out when %s', async (_, answer) => {
  const { url } = await serve((__, response) => answer(response));

  await expect(open(url, 100)('')).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('rejects when the answer breaks off', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('{', () => response.destroy());
  });

  await expect(open(url)('')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('rejects when nobody listens', async () => {
  await expect(open(new URL('http://127.0.0.1:1/'))('')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
