/** AWS Signature Version 4 with WebCrypto (IAM user guide, "Create a signed AWS API request"). */

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SERVICE = 'appsync';

const bytes = (text) => new TextEncoder().encode(text);

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

const sha256 = async (text) => hex(await crypto.subtle.digest('SHA-256', bytes(text)));

async function hmac(key, text) {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(text)));
}

/**
 * Signs a POST.
 *
 * @param {{ path: string, headers: Record<string, string>, body: string }} request lower-case header names, with `host`
 * @param {{ accessKeyId: string, secretAccessKey: string }} credentials
 * @param {string} region
 * @returns {Promise<Record<string, string>>} the headers with `x-amz-date` and `Authorization`
 */
export async function signRequest({ path, headers, body }, { accessKeyId, secretAccessKey }, region) {
  if (!globalThis.crypto?.subtle)
    throw new Error('Signing needs a secure page; open the console on http://localhost.');
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const all = { ...headers, 'x-amz-date': date };
  const names = Object.keys(all).sort();
  const signedHeaders = names.join(';');
  const canonicalHeaders = names.map((name) => `${name}:${all[name]}\n`).join('');
  const canonical = ['POST', path, '', canonicalHeaders, signedHeaders, await sha256(body)].join('\n');

  const scope = [date.slice(0, 8), region, SERVICE, 'aws4_request'];
  const toSign = [ALGORITHM, date, scope.join('/'), await sha256(canonical)].join('\n');
  let key = bytes(`AWS4${secretAccessKey}`);
  for (const part of scope) key = await hmac(key, part);
  const signature = hex(await hmac(key, toSign));
  const credential = `${accessKeyId}/${scope.join('/')}`;
  return {
    ...all,
    Authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  };
}
