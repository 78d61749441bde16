import type { Credentials } from './settings.ts';

/** AWS Signature Version 4 with WebCrypto (IAM user guide, "Create a signed AWS API request"). */

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SERVICE = 'appsync';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const hex = (buffer: ArrayBuffer | Uint8Array<ArrayBuffer>): string =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

const sha256 = async (text: string): Promise<string> =>
  hex(await crypto.subtle.digest('SHA-256', bytes(text)));

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(text)));
}

interface UnsignedRequest {
  path: string;
  /** Lower-case names, with `host`. */
  headers: Record<string, string>;
  body: string;
}

/** Signs a POST. @returns the headers with `x-amz-date` and `Authorization` */
export async function signRequest(
  { path, headers, body }: UnsignedRequest,
  { accessKeyId, secretAccessKey }: Credentials,
  region: string,
): Promise<Record<string, string>> {
  if (!globalThis.crypto?.subtle) {
    throw new Error('Signing needs a secure page; open the console on http://localhost.');
  }
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const all: Record<string, string> = { ...headers, 'x-amz-date': date };
  const names = Object.keys(all).sort();
  const signedHeaders = names.join(';');
  const canonicalHeaders = names.map((name) => `${name}:${all[name]}\n`).join('');
  const canonical = ['POST', path, '', canonicalHeaders, signedHeaders, await sha256(body)].join('\n');

  const scope = [date.slice(0, 8), region, SERVICE, 'aws4_request'];
  const toSign = [ALGORITHM, date, scope.join('/'), await sha256(canonical)].join('\n');
  let key = bytes(`AWS4${secretAccessKey}`);
  for (const part of scope) {
    key = await hmac(key, part);
  }
  const signature = hex(await hmac(key, toSign));
  const credential = `${accessKeyId}/${scope.join('/')}`;
  return {
    ...all,
    Authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}
