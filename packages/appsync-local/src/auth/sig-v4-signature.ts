import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { getCanonicalHeaders, getCanonicalQuery, SignatureV4 } from '@smithy/signature-v4';
import type { SignedRequest } from './caller.ts';
import { headerOf } from './request-headers.ts';
import { SIG_V4_ALGORITHM, type ClaimedSignature } from './sig-v4-header.ts';

export interface LocalCredentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Computes the signature that a request should have, in hexadecimal. */
export type Sign = (request: SignedRequest, claimed: ClaimedSignature) => Promise<string>;

/** The library caches signing keys by day and region. */
export function createSign(credentials: LocalCredentials, service: string): Sign {
  const signer = new SignatureV4({ credentials, service, region: 'us-east-1', sha256: Sha256 });
  return (request, claimed) =>
    signer.sign(stringToSign(request, claimed), {
      signingDate: new Date(claimed.signedAt),
      signingRegion: claimed.region,
    });
}

const stringToSign = (request: SignedRequest, claimed: ClaimedSignature): string =>
  [
    SIG_V4_ALGORITHM,
    claimed.timestamp,
    [claimed.date, claimed.region, claimed.service, claimed.terminator].join('/'),
    sha256(canonicalRequest(request, claimed.signedHeaders)),
  ].join('\n');

/**
 * AWS reference, "Create a signed AWS API request", step 1. Uses the headers that the client says it signed, not those that a
 * signer would choose; hashes the body itself, regardless of `x-amz-content-sha256`.
 */
function canonicalRequest(request: SignedRequest, signedHeaders: string[]): string {
  const { path, http } = toHttpRequest(request, signedHeaders);
  const headers = getCanonicalHeaders(http, undefined, new Set(signedHeaders));
  return [
    request.method,
    path.split('/').map(encodeURIComponent).join('/'),
    getCanonicalQuery(http),
    ...signedHeaders.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
}

function toHttpRequest(request: SignedRequest, signedHeaders: string[]) {
  const [path = '/', queryString = ''] = request.url.split(/\?(.*)/s);
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(queryString)) {
    (query[name] ??= []).push(value);
  }
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, headerOf(request, name) ?? '']));
  return { path, http: new HttpRequest({ query, headers }) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** node:crypto behind the interface of @smithy/signature-v4. */
class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('Sha256 digests once; make another one.');
  }
}

function toBytes(source: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof source === 'string') {
    return Buffer.from(source);
  }
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
