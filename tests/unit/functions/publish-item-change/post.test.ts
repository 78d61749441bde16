import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { post } from '../../../../functions/publish-item-change/post.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const serve = async (listener: Parameters<typeof createServer>[1]): Promise<URL> => {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
};

test('sends text as UTF-8 and answers what comes, over one connection', async () => {
  let connections = 0;
  const url = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => (body += String(chunk)));
    request.on('end', () =>
      response.writeHead(429).end(`${request.url} ${request.headers['x-mark']} ${body}`),
    );
  });
  server!.on('connection', () => (connections += 1));

  const first = await post(url, { 'x-mark': 'one' }, 'Grüße', 5000);
  const second = await post(url, { 'x-mark': 'two' }, '…', 5000);

  expect([first, second]).toEqual([
    { status: 429, body: '/graphql one Grüße' },
    { status: 429, body: '/graphql two …' },
  ]);
  expect(connections).toBe(1);
});

test('rejects when nothing comes in time, when the answer breaks off and when nobody listens', async () => {
  const silent = await serve(() => undefined);
  await expect(post(silent, {}, '', 50)).rejects.toThrow();
  server!.closeAllConnections();
  server!.close();

  const broken = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('{', () => response.destroy());
  });
  await expect(post(broken, {}, '', 5000)).rejects.toThrow();

  await expect(post(new URL('http://127.0.0.1:1/graphql'), {}, '', 5000)).rejects.toThrow('ECONNREFUSED');
});
