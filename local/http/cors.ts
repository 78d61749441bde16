import { headerText } from './message.ts';
import type { HttpRequest, HttpResponse } from './message.ts';

/** What browsers' AppSync clients ask for (measured with Amplify, Apollo, urql and plain fetch, 2026-11-23). */
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
 * Adds what lets a page of any origin read the answer, as AppSync does on refusals too.
 *
 * @param headers are added to, and handed back
 */
export function addCors(headers: Record<string, string>): Record<string, string> {
  headers['Access-Control-Allow-Origin'] = '*';
  headers['Access-Control-Expose-Headers'] = 'x-amzn-RequestId, x-amzn-ErrorType';
  return headers;
}

/** The answer to a preflight, which carries no credentials. Custom headers are echoed: AppSync accepts any. */
export function preflight(request: HttpRequest): HttpResponse {
  const asked = headerText(request, 'access-control-request-headers') ?? '';
  const custom = asked
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && !ALLOWED_HEADERS.includes(name));

  return {
    status: 200,
    headers: addCors({
      'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
      'Access-Control-Allow-Headers': [...ALLOWED_HEADERS, ...custom].join(', '),
    }),
    body: '',
  };
}
