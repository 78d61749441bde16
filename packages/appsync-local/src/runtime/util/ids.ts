import { randomBytes, randomUUID } from 'node:crypto';
import type { HelperTree } from '../helper.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Seconds between the Unix epoch and the KSUID epoch (segmentio/ksuid). */
const KSUID_EPOCH = 1_400_000_000;

/** `util.autoId`, `util.autoUlid`, `util.autoKsuid`. @param now epoch milliseconds */
export const ids = (now: () => number): HelperTree => ({
  autoId: () => randomUUID(),
  autoUlid: () => ulid(now()),
  autoKsuid: () => ksuid(now()),
});

/** 48 bits of milliseconds and 80 random bits as 26 characters (github.com/ulid/spec). */
function ulid(milliseconds: number): string {
  const random = randomBytes(10).toString('hex');
  return (
    encode(BigInt(Math.trunc(milliseconds)), CROCKFORD, 10) + encode(BigInt(`0x${random}`), CROCKFORD, 16)
  );
}

/** 32 bits of seconds and 128 random bits as 27 characters (github.com/segmentio/ksuid). */
function ksuid(milliseconds: number): string {
  const seconds = BigInt(Math.trunc(milliseconds / 1000) - KSUID_EPOCH);
  const random = BigInt(`0x${randomBytes(16).toString('hex')}`);
  return encode((seconds << 128n) | random, BASE62, 27);
}

function encode(value: bigint, alphabet: string, length: number): string {
  const base = BigInt(alphabet.length);
  let rest = value;
  let encoded = '';
  for (let count = 0; count < length; count += 1) {
    encoded = alphabet[Number(rest % base)] + encoded;
    rest /= base;
  }
  return encoded;
}
