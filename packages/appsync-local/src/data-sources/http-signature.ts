import { createHash, createHmac } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OutgoingRequest } from './http-request.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Signs a request of an HTTP data source with AWS_IAM authorization. @returns its headers with the signature. */
export type SignRequest = (request: OutgoingRequest) => Promise<Record<string, string>>;

/** Signs with `AwsIamConfig` of a data source: SigV4 for a region and a service. */
export function createSigner(
  { region, service }: { region: string; service: string },
  credentials: Credentials,
): SignRequest {
  const signer = new SignatureV4({
    region,
    service,
    sha256: Sha256,
    credentials,
    // S3 signs the path unchanged, every other service escapes it once more ("Create a signed AWS API request").
    uriEscapePath: service !== 's3',
  });
  return async ({ method, url, headers, body }) => {
    const { host, hostname, pathname, protocol } = url;
    const signed = await signer.sign(
      new HttpRequest({
        method,
        protocol,
        hostname,
        path: pathname,
        query: queryOf(url),
        headers: { ...headers, host },
        body,
      }),
    );
    return signed.headers;
  };
}

/** Repeated names become lists, as SignatureV4 expects. */
function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of url.searchParams) {
    const known = query[name];
    query[name] = known === undefined ? value : [known, value].flat();
  }
  return query;
}

/** SHA-256, or HMAC-SHA-256 with a secret, behind the interface of SignatureV4. */
class Sha256 {
  readonly #secret: Uint8Array | null;
  #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#secret = secret === undefined ? null : bytes(secret);
    this.#hash = this.#start();
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(chunk));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    this.#hash = this.#start();
  }

  #start(): Hash | Hmac {
    return this.#secret ? createHmac('sha256', this.#secret) : createHash('sha256');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') {
    return Buffer.from(data);
  }
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
