import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

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

/** What the SDK's client for DynamoDB has found in the environment. */
export type Signing = Pick<DynamoDBClientResolvedConfig, 'credentials' | 'region' | 'sha256'>;

/** AppSync ends a request after 30 s (AppSync quotas). Publishing takes milliseconds, so a longer request counts as lost. */
const TIME_OUT_MS = 5000;

/**
 * Combines the SDK's signer and its HTTP client, because the SDK has no client for GraphQL requests.
 *
 * @param url of the GraphQL endpoint
 * @param timeOutMs until a connection is open, until a response begins, and between two parts of it
 */
export function signedSend(url: URL, signing: Signing, timeOutMs = TIME_OUT_MS): Send {
  const signer = new SignatureV4({ ...signing, service: 'appsync' });
  const http = new NodeHttpHandler({
    connectionTimeout: timeOutMs,
    requestTimeout: timeOutMs,
    throwOnRequestTimeout: true,
    socketTimeout: timeOutMs,
  });
  const target = {
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
  };
  return async (body) => {
    const signed = await signer.sign(new HttpRequest({ ...target, body }));
    const { response } = await http.handle(signed as HttpRequest);
    return { status: response.statusCode, body: await text(response.body as IncomingMessage) };
  };
}
