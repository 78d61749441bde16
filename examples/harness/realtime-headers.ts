import { type BinaryLike, createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Caller, Server } from 'appsync-local';

/**
 * The header object that says who connects or subscribes (AppSync developer guide, "Building a real-time WebSocket client").
 *
 * @param path `/graphql/connect` for a connection, whose body is `{}`, or `/graphql` for a subscription
 */
export async function realtimeHeaders(
  server: Server,
  as: Caller,
  path: string,
  body: string,
): Promise<Record<string, string>> {
  const { host } = new URL(server.url);
  if (as === 'apiKey') {
    return { host, 'x-api-key': server.apiKey! };
  }
  if (as === 'iam') {
    return signed(server, path, body);
  }
  return { host, Authorization: 'token' in as ? as.token : await server.token(as) };
}

async function signed(server: Server, path: string, body: string): Promise<Record<string, string>> {
  const { host, hostname, protocol } = new URL(server.url);
  const { credentials, region } = server;
  const signer = new SignatureV4({ service: 'appsync', region, credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: 'POST',
    protocol,
    hostname,
    path,
    headers: {
      accept: 'application/json, text/javascript',
      'content-encoding': 'amz-1.0',
      'content-type': 'application/json; charset=UTF-8',
      host,
    },
    body,
  });
  const { headers } = await signer.sign(request);
  return headers;
}

/** What the signer asks for, of Node.js. */
class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: unknown) {
    this.#hash = secret ? createHmac('sha256', secret as BinaryLike) : createHash('sha256');
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {}
}
