import { createHash, createHmac } from 'node:crypto';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SignedRequest } from '../../../../src/auth/caller.ts';
import { CREDENTIALS, request } from './modes.ts';

class Sha256 {
  readonly #parts: Uint8Array[] = [];
  readonly #secret: Uint8Array | string | undefined;
  constructor(secret?: unknown) {
    this.#secret = secret as Uint8Array | undefined;
  }
  update(data: Uint8Array): void {
    this.#parts.push(data);
  }
  async digest(): Promise<Uint8Array> {
    const hash = this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
    return hash.update(Buffer.concat(this.#parts)).digest();
  }
  reset(): void {
    this.#parts.length = 0;
  }
}

export interface Signing {
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
  region?: string;
  service?: string;
  applyChecksum?: boolean;
  date?: Date;
  headers?: Record<string, string>;
  query?: Record<string, string | string[]>;
  method?: string;
  path?: string;
  body?: string;
}

/** A request as an AWS SDK signs it, independently of the verifier. */
export async function signed(signing: Signing = {}): Promise<SignedRequest> {
  const { region = 'us-east-1', service = 'appsync', applyChecksum = false } = signing;
  const signer = new SignatureV4({
    credentials: { ...CREDENTIALS, ...signing },
    region,
    service,
    applyChecksum,
    sha256: Sha256,
  });
  const { method = 'POST', path = '/graphql', query = {}, body = '{"query":"{ x }"}' } = signing;
  const headers = { host: 'localhost:4000', 'content-type': 'application/json', ...signing.headers };
  const output = await signer.sign(new HttpRequest({ method, path, query, body, headers }), {
    signingDate: signing.date ?? new Date(),
  });
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();
  return request(lowerCase(output.headers), { method, url: search ? `${path}?${search}` : path, body });
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
