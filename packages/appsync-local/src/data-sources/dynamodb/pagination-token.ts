import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataSourceError } from '../data-source.ts';
import { mapToWire, type WireMap } from './typed-values.ts';

/** Turns DynamoDB's last key into an opaque `nextToken` and back. */
export interface PaginationTokens {
  /** @param binding Restricts the use of the token; another binding cannot open it. */
  seal(lastKey: WireMap, binding: string): string;
  /** @returns undefined when the token is garbled, foreign or bound to something else. */
  open(token: string, binding: string): WireMap | undefined;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with the binding as additional data, in base64 of a JSON envelope that begins `{"version":`, like AppSync's
 * tokens (docs/facts/dynamodb.md#next-token).
 *
 * @param key 32 random bytes; tokens are valid as long as it stays the same.
 */
export function createPaginationTokens(key: Uint8Array): PaginationTokens {
  return {
    seal: (lastKey, binding) => envelope(encrypt(key, JSON.stringify(lastKey), binding)),
    open: (token, binding) => {
      try {
        return mapToWire(JSON.parse(decrypt(key, unwrap(token), binding)));
      } catch {
        return undefined;
      }
    },
  };
}

/** Recorded on AWS in 2020 (docs/facts/dynamodb.md#next-token-refused). */
export const invalidToken: DataSourceError = {
  type: 'DynamoDB:UserIllegalArgumentException',
  message:
    'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.',
};

function encrypt(key: Uint8Array, text: string, binding: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(binding));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Uint8Array, bytes: Buffer, binding: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(binding));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function envelope(bytes: Buffer): string {
  return Buffer.from(JSON.stringify({ version: 3, token: bytes.toString('base64') })).toString('base64');
}

/** Decodes strictly: base64 decoders skip invalid characters, and would open a token that somebody has changed. */
function unwrap(token: string): Buffer {
  const { token: body } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { token: string };
  const bytes = Buffer.from(body, 'base64');
  if (envelope(bytes) !== token) {
    throw new Error('not a token of ours');
  }
  return bytes;
}
