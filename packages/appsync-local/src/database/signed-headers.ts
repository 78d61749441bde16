import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { targetOf } from './operation-target.ts';

/** Creates the headers of one call, as undici's flat list of names and values. */
export type MakeHeaders = (operation: string, body: string) => Promise<string[]> | string[];

/**
 * Signs calls with the credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, read once. Without them
 * both halves are `local`: DynamoDB Local requires a signature but does not check it.
 */
export function signedHeaders(endpoint: URL, region: string): MakeHeaders {
  const signer = new SignatureV4({ service: 'dynamodb', region, sha256: Sha256, credentials: credentials() });
  return async (operation, body) => {
    const target = targetOf(operation);
    const request = new HttpRequest({
      method: 'POST',
      hostname: endpoint.hostname,
      path: '/',
      headers: { host: endpoint.host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    });
    const { headers } = await signer.sign(request);
    return Object.entries(headers).flat();
  };
}

function credentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    return { accessKeyId: 'local', secretAccessKey: 'local' };
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 and its HMAC, behind the interface of the signer. */
class Sha256 {
  private readonly secret: Bytes | undefined;
  private hash: Hash | Hmac;

  constructor(secret?: Bytes) {
    this.secret = secret;
    this.hash = this.fresh();
  }

  update(data: Bytes): void {
    this.hash.update(toBuffer(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): void {
    this.hash = this.fresh();
  }

  private fresh(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(this.secret));
  }
}

function toBuffer(data: Bytes): Buffer {
  if (typeof data === 'string') {
    return Buffer.from(data, 'utf8');
  }
  if (ArrayBuffer.isView(data)) {
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }
  return Buffer.from(data);
}
