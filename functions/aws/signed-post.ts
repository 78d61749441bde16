import type { IncomingMessage } from 'node:http';
import { Sha256Node } from '@smithy/core/checksum';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { roleCredentials, type Credentials } from './credentials.ts';

/** An AWS service at one URL, and how long it may take. */
export interface Service {
  url: URL;
  /** As signatures call it. */
  name: 'appsync' | 'dynamodb';
  region: string;
  /** Until a new connection is there, in milliseconds. */
  connectMs: number;
  /** Until an answer begins, and between two parts of it, in milliseconds. */
  answerMs: number;
  /** @default the role's, out of the environment */
  credentials?: () => Promise<Credentials>;
}

export interface Answer {
  status: number;
  body: string;
}

/**
 * A POST over a connection that is kept. Rejects where no answer came: with a `TimeoutError`, or with what Node.js says of the
 * connection.
 */
export type SignedPost = (headers: Record<string, string>, body: string) => Promise<Answer>;

/** Signs and sends with the AWS SDK's own signer and HTTP client. */
export function signedPost(service: Service): SignedPost {
  const { url, name, region, connectMs, answerMs, credentials = roleCredentials } = service;
  const signer = new SignatureV4({ service: name, region, sha256: Sha256Node, credentials });
  const client = new NodeHttpHandler({
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
    socketTimeout: answerMs,
  });
  const target = {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: url.pathname,
  };
  return async (headers, body) => {
    const request = new HttpRequest({ ...target, headers: { ...headers, host: url.host }, body });
    const { response } = await client.handle((await signer.sign(request)) as HttpRequest);
    return { status: response.statusCode, body: await textOf(response.body as IncomingMessage) };
  };
}

const textOf = (message: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('error', reject);
    message.on('end', () => resolve(Buffer.concat(chunks).toString()));
  });
