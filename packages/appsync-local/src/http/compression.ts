import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { headerText } from './message.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

const compressed = promisify(gzip);

/** AppSync compresses bodies between 1,000 and 10,000,000 bytes (docs/facts/graphql.md#compression). */
const SMALLEST_BYTES = 1_000;
const LARGEST_BYTES = 10_000_000;

/** Whether the client allows gzip and AppSync would use it. */
export function isCompressible(request: HttpRequest, { body }: HttpResponse): boolean {
  const size = Buffer.byteLength(body);
  return (
    size >= SMALLEST_BYTES && size <= LARGEST_BYTES && acceptsGzip(headerText(request, 'accept-encoding'))
  );
}

/** The same response, compressed with gzip. */
export async function compress(response: HttpResponse): Promise<HttpResponse> {
  return {
    ...response,
    headers: { ...response.headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
    body: await compressed(response.body, { level: constants.Z_BEST_SPEED }),
  };
}

/** RFC 9110 12.5.3: a coding is acceptable unless its weight is 0; `*` stands for codings not named. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  if (!acceptEncoding) {
    return false;
  }
  const codings = acceptEncoding.toLowerCase().split(',');
  const named = codings.find((coding) => /^\s*(x-)?gzip\s*(;|$)/.test(coding));
  const chosen = named ?? codings.find((coding) => /^\s*\*\s*(;|$)/.test(coding));
  return chosen !== undefined && !/;\s*q\s*=\s*0(\.0*)?\s*$/.test(chosen);
}
