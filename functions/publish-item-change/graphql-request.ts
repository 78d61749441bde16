import * as http from 'node:http';
import * as https from 'node:https';
import { type Signing, signer } from './signature.ts';

export interface Answer {
  /** HTTP status. */
  status: number;
  body: string;
}

/**
 * Sends a body to AppSync, signed with the role of the Lambda function, over a persistent connection. Rejects without a
 * response: with a `TimeoutError`, or with Node.js' error of the connection.
 */
export type Send = (body: string) => Promise<Answer>;

/** AppSync ends a request after 30 s (AppSync quotas). Publishing takes milliseconds, so a longer request counts as lost. */
const TIME_OUT_MS = 5000;

/**
 * Sends with Node.js's own HTTP client, because the SDK has no client for GraphQL requests.
 *
 * @param url of the GraphQL endpoint
 * @param timeOutMs until the whole response is there
 */
export function signedSend(url: URL, signing: Signing, timeOutMs = TIME_OUT_MS): Send {
  const sign = signer(url, signing);
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const { hostname, port, pathname: path } = url;
  const target = { method: 'POST', hostname, port, path, agent: new Agent({ keepAlive: true }) };
  return async (body) => {
    const headers = { ...(await sign(body)), 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request({ ...target, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
        response.on('error', failed);
      });
      const timer = setTimeout(() => sent.destroy(new TimeOut(timeOutMs)), timeOutMs);
      const failed = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      sent.on('error', failed);
      sent.end(body);
    });
  };
}

class TimeOut extends Error {
  override readonly name = 'TimeoutError';

  constructor(ms: number) {
    super(`AppSync did not answer within ${ms} ms`);
  }
}
