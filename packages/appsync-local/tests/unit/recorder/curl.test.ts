import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from '../../../src/recorder/curl.ts';
import { createShow, HIDDEN } from '../../../src/recorder/hidden.ts';
import { RequestTrace, type TracedRequest } from '../../../src/trace/request-trace.ts';

const URL = 'http://localhost:4000/graphql';

function traceOf(mode: string, request: TracedRequest, headers: Record<string, string> = {}): RequestTrace {
  const trace = new RequestTrace('r', 'http');
  trace.authorized({ mode, identity: null }, headers);
  trace.asked(request);
  return trace;
}
const line = (trace: RequestTrace): string => curlOf(trace, URL, 'eu-west-1', createShow([], trace.headers));

/** What a shell would call, one argument a line. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\n'")], {
    encoding: 'utf8',
    env: { ...process.env, API_KEY: 'the-key', TOKEN: 'the-token' },
  })
    .trimEnd()
    .split('\n');

test('a shell reads the body as it was, whatever is in it', () => {
  const variables = { text: 'it\'s $HOME `id` \\ "x"' };

  const sent = argumentsOf(
    line(traceOf('API_KEY', { query: "{ a(b: '') }", variables, operationName: 'A' })),
  );

  expect(sent.slice(0, 3)).toEqual([URL, '-H', 'x-api-key: the-key']);
  expect(JSON.parse(sent.at(-1)!)).toEqual({ query: "{ a(b: '') }", variables, operationName: 'A' });
});

test.each([
  ['API_KEY', '-H "x-api-key: $API_KEY"'],
  ['AWS_IAM', "--aws-sigv4 'aws:amz:eu-west-1:appsync'"],
  ['AMAZON_COGNITO_USER_POOLS', '-H "authorization: $TOKEN"'],
  ['AWS_LAMBDA', '-H "authorization: $TOKEN"'],
])('a caller by %s has %s', (mode, credential) => {
  expect(line(traceOf(mode, { query: '{ a }' }))).toContain(credential);
});

test("keeps the client's own headers, and no credential", () => {
  const token = 'very-secret-token';
  const headers = {
    'x-tenant': 'acme',
    'x-amz-date': '2026',
    'x-session-token': token,
    'user-agent': 'curl',
    authorization: token,
  };

  const command = line(traceOf('OPENID_CONNECT', { query: `{ a(b: "${token}") }` }, headers));

  expect(command).toContain("-H 'x-tenant: acme'");
  expect(command).not.toMatch(/very-secret|x-amz-date|user-agent|x-session/);
  expect(command).toContain(HIDDEN);
});
