import { execFileSync } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface EchoedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** The body's bytes in base64. */
  body: string;
}

let port: number | undefined;

const FREE_PORT = `const s = require('node:net').createServer().listen(0, '127.0.0.1', () => {
  console.log(s.address().port); s.close(); });`;

/** Where the HTTP data sources of the app lead: a port of this machine, the same for the app and its checks. */
export function echoEndpoint(): string {
  port ??= Number(execFileSync(process.execPath, ['-e', FREE_PORT], { encoding: 'utf8' }));
  return `http://127.0.0.1:${port}/base`;
}

export interface EchoAnswer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** Runs something while a server at that port remembers what it is asked. */
export async function withEchoServer<T>(
  answer: EchoAnswer,
  run: (asked: EchoedRequest[]) => Promise<T>,
): Promise<T> {
  const asked: EchoedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString('base64') });
      response.writeHead(answer.status ?? 200, { connection: 'close', ...answer.headers });
      response.end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(new URL(echoEndpoint()).port, resolve));
  try {
    return await run(asked);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
