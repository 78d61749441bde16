import { headerText } from './message.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

/** The headers that browsers' AppSync clients request (measured with Amplify, Apollo, urql and plain fetch, 2026-11-23). */
const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'x-api-key',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amz-content-sha256',
];

/**
 * Adds the headers that let a page read the response, including refusals. Responses vary by origin, so that no cache passes one
 * on to another page.
 *
 * @param headers are added to
 * @param origin of an admitted page; null for a client that is not a page
 */
export function addCors(headers: Record<string, string>, origin: string | null): void {
  headers['Vary'] = headers['Vary'] === undefined ? 'Origin' : `${headers['Vary']}, Origin`;
  if (origin === null) {
    return;
  }
  headers['Access-Control-Allow-Origin'] = origin;
  headers['Access-Control-Expose-Headers'] = 'x-amzn-RequestId, x-amzn-ErrorType';
}

/**
 * Answers a preflight, which carries no credentials. Custom headers are echoed: AppSync accepts any. Chromium also asks whether
 * a public page may call an address of this machine (Private Network Access 3.2).
 */
export function preflight(request: HttpRequest): HttpResponse {
  const asked = headerText(request, 'access-control-request-headers') ?? '';
  const custom = asked
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !ALLOWED_HEADERS.includes(name));
  const isPrivate = headerText(request, 'access-control-request-private-network') === 'true';

  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
      'Access-Control-Allow-Headers': [...ALLOWED_HEADERS, ...custom].join(', '),
      ...(isPrivate && { 'Access-Control-Allow-Private-Network': 'true' }),
    },
    body: '',
  };
}
