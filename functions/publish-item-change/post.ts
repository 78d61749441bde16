import { Agent as HttpAgent, type OutgoingHttpHeaders, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  status: number;
  body: string;
}

const http = { request: httpRequest, agent: new HttpAgent({ keepAlive: true }) };
const https = { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true }) };

/**
 * A POST over a connection that is kept. By Node's own client, which the AWS SDK has loaded already: `fetch` would load another at a
 * cold start (docs/lambda-or-not.md).
 * @throws Error where no answer came within `timeoutMs`
 */
export function post(
  url: URL,
  headers: OutgoingHttpHeaders,
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  const { request, agent } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const length = Buffer.byteLength(body);
    const options = { method: 'POST', agent, signal, headers: { ...headers, 'content-length': length } };
    const sending = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
