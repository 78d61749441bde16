import { isHeaderName, isHeaderValue } from '../../ground/http-header.ts';
import { map } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';
import { currentRun, type ResolverRun, type Session } from '../session.ts';

/** Hop-by-hop and framing headers (developer guide, "HTTP helpers in util.http"). */
const RESTRICTED: ReadonlySet<string> = new Set([
  'transfer-encoding',
  'connection',
  'host',
  'expect',
  'keep-alive',
  'upgrade',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'content-length',
]);

/** Response headers reserved for AppSync; same page. */
const RESERVED: ReadonlySet<string> = new Set([
  ...RESTRICTED,
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'access-control-max-age',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'vary',
  'content-type',
]);

/**
 * `util.http`. A header that is not allowed becomes an error of type `ResponseHeaderError`, and the request continues. The
 * limit of 4 KB for all headers of a response applies where the response is written.
 */
export const http = (session: Session): HelperTree => ({
  copyHeaders: (headers: unknown) =>
    Object.fromEntries(
      Object.entries(map(headers, 'util.http.copyHeaders')).filter(
        ([name]) => !RESTRICTED.has(name.toLowerCase()),
      ),
    ),
  addResponseHeader: (name: unknown, value: unknown) => {
    add(currentRun(session, 'util.http.addResponseHeader'), name, value);
  },
  addResponseHeaders: (headers: unknown) => {
    const run = currentRun(session, 'util.http.addResponseHeaders');
    for (const [name, value] of Object.entries(map(headers, 'util.http.addResponseHeaders'))) {
      add(run, name, value);
    }
  },
});

function add(run: ResolverRun, name: unknown, value: unknown): void {
  const problem = headerProblem(name, value);
  if (problem) {
    run.append({ message: problem, errorType: 'ResponseHeaderError', data: null, errorInfo: null });
  } else {
    run.effects.responseHeaders.push({ name: name as string, value: value });
  }
}

function headerProblem(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || !isHeaderName(name)) {
    return `The response header name ${JSON.stringify(name)} is not valid.`;
  }
  if (RESERVED.has(name.toLowerCase()) || /^x-amzn?-/i.test(name)) {
    return `The response header ${name} is reserved and cannot be set.`;
  }
  if (value === undefined || value === null || value === '') {
    return `The response header ${name} has no value.`;
  }
  return typeof value === 'string' && !isHeaderValue(value)
    ? `The response header ${name} has a value that HTTP does not allow.`
    : undefined;
}
