import { createHmac, hash, timingSafeEqual } from 'node:crypto';

const SIGNED = ['content-type', 'host', 'x-amz-date', 'x-amz-security-token'];
const NAMES = SIGNED.join(';');
/** AWS reference, "Troubleshoot signed requests". */
const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Verifies Signature Version 4 of one caller, who signs the same headers each time: a hash of the body, one of the request, and
 * an HMAC. What the signatures of one second have in common, the key among it, is made once.
 *
 * @param path of every request
 * @returns tells whether a request is signed
 */
export function createVerifier(path, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION }) {
  let second;

  function secondOf(timestamp) {
    const date = timestamp.slice(0, 8);
    const scope = `${date}/${AWS_REGION}/appsync/aws4_request`;
    const key = scope.split('/').reduce(hmac, Buffer.from(`AWS4${AWS_SECRET_ACCESS_KEY}`));
    return {
      timestamp,
      key,
      toSign: `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n`,
      claim: `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${NAMES}, Signature=`,
    };
  }

  return (headers, body) => {
    const timestamp = headers['x-amz-date'] ?? '';
    if (timestamp !== second?.timestamp) {
      if (!(Math.abs(timeOf(timestamp) - Date.now()) < MAX_SKEW_MS)) {
        return false;
      }
      second = secondOf(timestamp);
    }
    const lines = `content-type:${headers['content-type']}\nhost:${headers.host}\nx-amz-date:${timestamp}\nx-amz-security-token:${headers['x-amz-security-token']}`;
    const canonical = `POST\n${path}\n\n${lines}\n\n${NAMES}\n${hash('sha256', body)}`;
    const signature = hmac(second.key, second.toSign + hash('sha256', canonical)).toString('hex');
    return isEqual(headers.authorization ?? '', second.claim + signature);
  };
}

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** `20261130T071500Z`; NaN for anything else. */
const timeOf = (timestamp) =>
  Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/** Of texts of headers, each character of which is a byte. */
const isEqual = (one, other) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1'));
