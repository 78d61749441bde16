import type { IncomingMessage } from 'node:http';
import { RequestRefused } from '../auth/caller.ts';

/**
 * The largest request body in bytes. AppSync does not publish its limit; EventBridge's AppSync target allows operations of
 * 1,048,576 characters (docs/facts/graphql.md#body-limits).
 */
export const MAX_BODY_BYTES = 1_048_576;

const tooLarge = (): RequestRefused =>
  new RequestRefused(
    413,
    'RequestEntityTooLargeException',
    `The request body is larger than ${MAX_BODY_BYTES.toLocaleString('en-US')} bytes; send less in one request.`,
  );

const brokenOff = (): RequestRefused =>
  new RequestRefused(
    400,
    'MalformedHttpRequestException',
    'The connection closed before the whole body arrived.',
  );

/**
 * Reads a body as text and keeps at most `MAX_BODY_BYTES` of it in memory. Reads and drops the rest: a client that is still
 * sending would never see the refusal if the connection were closed at once.
 *
 * @throws RequestRefused 413 when the body is too large, 400 when the client disconnects in the middle of it.
 */
export async function readBody(message: IncomingMessage): Promise<string> {
  if (Number(message.headers['content-length']) > MAX_BODY_BYTES) {
    throw tooLarge();
  }
  const text = await textWithin(message, MAX_BODY_BYTES);
  if (text === null) {
    throw tooLarge();
  }
  return text;
}

/**
 * Reads a body as text.
 *
 * @returns null as soon as it is larger than so many bytes; the rest is read and dropped
 * @throws RequestRefused 400 when the client disconnects in the middle of it
 */
export function textWithin(message: IncomingMessage, bytes: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytes) {
        return void chunks.push(chunk);
      }
      chunks.length = 0;
      resolve(null);
    });
    message.on('end', () =>
      resolve(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString()),
    );
    message.on('error', () => reject(brokenOff()));
    message.on('close', () => {
      if (!message.readableEnded) {
        reject(brokenOff());
      }
    });
  });
}

/** The body of a request made in memory, under the same limit. */
export function bodyInMemory(text: string): Promise<string> {
  return Buffer.byteLength(text) > MAX_BODY_BYTES ? Promise.reject(tooLarge()) : Promise.resolve(text);
}
