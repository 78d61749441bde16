import { type BinaryLike, createHash, createHmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret ? createHmac('sha256', secret as BinaryLike) : createHash('sha256');
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {}
}

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** The SDK's own signer, for AppSync. */
export const signerFor = (credentials: AwsCredentials, region = 'us-east-1'): SignatureV4 =>
  new SignatureV4({ service: 'appsync', region, credentials, sha256: Sha256 });

export const HTTP_CONTENT = { 'content-type': 'application/json' };

/**
 * Signs a POST as the AWS SDKs do, with the SDK's own signer.
 *
 * @param content headers to sign beside `host`
 */
export async function signedHeaders(
  url: URL,
  body: string,
  credentials: AwsCredentials,
  region = 'us-east-1',
  content: Record<string, string> = HTTP_CONTENT,
): Promise<Record<string, string>> {
  const signer = signerFor(credentials, region);
  const request = new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, ...content },
    body,
  });
  const { headers } = await signer.sign(request);
  return headers;
}
