import { expect, test } from 'vitest';
import { signedPost } from '../../../../functions/aws/signed-post.ts';
import { serve } from '../scripted-server.ts';

const open = (url: URL, answerMs = 5000) =>
  signedPost({
    url,
    name: 'appsync',
    region: 'eu-central-1',
    connectMs: 1000,
    answerMs,
    credentials: () =>
      Promise.resolve({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
  });

test('sends text as UTF-8 and answers what comes, over one connection', async () => {
  const { url, connections } = await serve((_, response, { url: path, headers, body }) =>
    response.writeHead(429).end(`${path} ${headers['x-mark'] as string} ${body}`),
  );
  const post = open(new URL('graphql', url));

  const first = await post({ 'x-mark': 'one' }, 'Grüße');
  const second = await post({ 'x-mark': 'two' }, '…');

  expect([first, second]).toEqual([
    { status: 429, body: '/graphql one Grüße' },
    { status: 429, body: '/graphql two …' },
  ]);
  expect(connections()).toBe(1);
});

test('signs each request for its service, region and time, with the session of the credentials', async () => {
  const { url, received } = await serve((_, response) => response.end());

  await open(url)({ 'content-type': 'application/json' }, '{}');

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

test('rejects as timed out when nothing comes in time', async () => {
  const { url } = await serve(() => undefined);

  await expect(open(url, 50)({}, '')).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('rejects as timed out when the headers do not come to an end', async () => {
  const { url } = await serve(({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const dripping = setInterval(() => socket.write('x-more: 1\r\n'), 10);
    socket.on('close', () => clearInterval(dripping)).on('error', () => undefined);
  });

  await expect(open(url, 100)({}, '')).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('rejects as timed out when an answer begins and does not go on', async () => {
  const { url } = await serve((_, response) => response.writeHead(200, { 'content-length': 10 }).write('{'));

  await expect(open(url, 50)({}, '')).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('rejects when the answer breaks off', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('{', () => response.destroy());
  });

  await expect(open(url)({}, '')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('rejects when nobody listens', async () => {
  await expect(open(new URL('http://127.0.0.1:1/'))({}, '')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
