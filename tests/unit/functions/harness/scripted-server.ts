import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server that does with each request, once it is there, what the script says. Ends with the test. */
export async function serve(
  script: (...arguments_: [...Parameters<RequestListener>, Received]) => void,
): Promise<{ url: URL; received: Received[]; connections(): number }> {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const one = { url: request.url, headers: request.headers, body };
      received.push(one);
      script(request, response, one);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return { url, received, connections: () => connections };
}
