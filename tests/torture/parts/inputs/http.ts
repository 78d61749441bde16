import { connect } from 'node:net';
import { LOCAL_API_KEY } from '../../../../packages/appsync-local/src/ground/local-credentials.ts';
import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { inTime } from '../../harness/patience.ts';
import { hostileText } from '../../hostile/texts.ts';
import { hostileBody } from './documents.ts';

/** Paths of everything that the server answers, and of what it does not. */
const PATHS = [
  '/graphql', '/graphql', '/graphql/', '/graphql?a=b', '/graphql/realtime', '/graphql/connect', '/', '/console', '/_local/token',
  '/_local/settings', '/v1/dataplane-evaluatecode', '/v1/dataplane-evaluatetemplate', '/.well-known/jwks.json', '//graphql', '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%', '/graphql%00', '/\\..\\', '*', 'http://other.example/graphql', '/__proto__', '/constructor',
  `/${'a'.repeat(20_000)}`, '/graphql?'.concat('a&'.repeat(5000)), '', '?', '#',
]; // oxfmt-ignore

const METHODS = [
  'POST',
  'POST',
  'POST',
  'GET',
  'OPTIONS',
  'HEAD',
  'PUT',
  'DELETE',
  'TRACE',
  'CONNECT',
  'PATCH',
  'get',
  'NOPE',
  '',
];

/** Headers that somebody decides by, with values that no client sends. */
const HEADERS: Record<string, readonly string[]> = {
  host: ['localhost', '127.0.0.1', 'evil.example', '', 'localhost:1', '[::1]', 'a'.repeat(5000), 'localhost, evil.example', '[', '0x7f.1'],
  origin: ['null', 'http://evil.example', 'http://localhost:3000', 'http://localhost.evil.example', 'file://', 'http://[', '', 'http://127.1'],
  'sec-fetch-site': ['cross-site', 'same-origin', 'none', 'nope'],
  'content-type': ['application/json', 'text/plain', 'application/graphql', 'multipart/form-data; boundary=a', '', 'a'.repeat(9000), 'application/json; charset=utf-16'],
  'content-encoding': ['gzip', 'br', 'deflate', 'nope', 'gzip, gzip'],
  'x-api-key': [LOCAL_API_KEY, 'da2-nope', '', 'a'.repeat(5000), `${LOCAL_API_KEY}, ${LOCAL_API_KEY}`],
  authorization: [
    'Bearer a', 'Bearer', 'a.b.c', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 Credential=a',
    'AWS4-HMAC-SHA256 Credential=AKIALOCALDEVELOPMENT/20200101/us-east-1/appsync/aws4_request, SignedHeaders=host, Signature=a',
    'AWS4-HMAC-SHA256 Credential=////, SignedHeaders=;;;, Signature=', 'a'.repeat(9000), '\u00ff', 'Basic YTpi',
  ],
  'x-amz-date': ['20200101T000000Z', 'now', '', '99999999T999999Z'],
  'x-amz-security-token': ['a', ''],
  connection: ['close', 'keep-alive', 'upgrade', 'Upgrade, close'],
  upgrade: ['websocket', 'h2c', 'nope'],
  'sec-websocket-key': ['dGhlIHNhbXBsZSBub25jZQ==', 'a', ''],
  'sec-websocket-version': ['13', '8', 'a'],
  'sec-websocket-protocol': ['graphql-ws', 'graphql-ws, header-e30', 'header-%%%', 'a'.repeat(9000), 'graphql-ws, header-'.concat('a'.repeat(9000))],
  expect: ['100-continue', 'nope'],
  'x-forwarded-for': ['127.0.0.1', '::1'],
  'x-amz-user-agent': ['a'.repeat(9000)],
  cookie: ['a=b'],
  range: ['bytes=0-0', 'bytes=9-1'],
  'if-none-match': ['*'],
}; // oxfmt-ignore

/** The bytes of a request, or of what is none. */
export function hostileRequest(random: Random): Buffer {
  if (random.chance(0.05)) {
    return noise(random);
  }
  const body = random.chance(0.7) ? hostileBody(random) : hostileText(random);
  const bytes = Buffer.from(body, random.chance(0.1) ? 'utf16le' : 'utf8');
  const framing = framed(bytes, random);
  const headers = Object.entries(HEADERS)
    .filter(([name]) => random.chance(name === 'host' || name === 'x-api-key' ? 0.9 : 0.15))
    .map(([name, values]) => `${name}: ${random.chance(0.6) ? values[0]! : random.oneOf(values)}`);
  const odd = random.oneOf([
    [],
    [],
    [],
    ['nope'],
    [': a'],
    ['a b: c'],
    [' folded: a'],
    Array(300).fill('x-many: a') as string[],
  ]);
  const line = `${random.oneOf(METHODS)} ${random.oneOf(PATHS)} ${random.oneOf(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''])}`;
  const head = [line, ...headers, ...framing.headers, ...odd, '', ''].join(
    random.chance(0.95) ? '\r\n' : '\n',
  );
  return Buffer.concat([Buffer.from(head, 'latin1'), framing.body]);
}

/** How the end of the body is told: by its length, a wrong one, in chunks, in broken ones, both, or not at all. */
function framed(body: Buffer, random: Random): { headers: string[]; body: Buffer } {
  const chunk = (size: string): Buffer =>
    Buffer.concat([Buffer.from(`${size}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
  const length = body.length;
  switch (random.below(8)) {
    case 0:
      return { headers: ['transfer-encoding: chunked'], body: chunk(length.toString(16)) };
    case 1:
      return {
        headers: ['transfer-encoding: chunked'],
        body: chunk(random.oneOf(['zz', '-1', 'ffffffffffffffff', '0', '1;a=b'])),
      };
    case 2:
      return {
        headers: [
          `content-length: ${random.oneOf([length + 10, length - 1, -1, 1e20, 'a', '1, 2', 2 ** 31])}`,
        ],
        body,
      };
    case 3:
      return {
        headers: [`content-length: ${length}`, 'transfer-encoding: chunked'],
        body: chunk(length.toString(16)),
      };
    case 4:
      return { headers: [], body };
    default:
      return { headers: [`content-length: ${length}`], body };
  }
}

function noise(random: Random): Buffer {
  return random.oneOf([
    () => Buffer.from(Array.from({ length: 1 + random.below(2000) }, () => random.below(256))),
    () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    () => Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, random.below(256)]),
    () => Buffer.from('\r\n'.repeat(500)),
    () => Buffer.from('GET / HTTP/1.1\r\n'.repeat(50)),
    () => Buffer.from('POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{'),
    () => Buffer.alloc(100_000, 'a'),
  ])();
}

/** Long enough for an answer that comes; where the request has no end, none does. */
const QUIET_MS = 300;

/**
 * Sends bytes, then closes its half, and reads what comes back until the server closes or says nothing more.
 *
 * @throws PatienceLost when the server keeps the connection although it was closed
 */
export async function exchangeBytes(port: number, bytes: Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const over = new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const quiet = (): void => {
      clearTimeout(timer);
      timer = setTimeout(resolve, QUIET_MS);
    };
    socket.on('error', () => resolve()); // it may cut off what it does not read to the end
    socket.on('close', () => resolve());
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      quiet();
    });
    socket.on('connect', () => socket.write(bytes, quiet));
  });
  try {
    await inTime(over, 'the end of an HTTP connection');
  } finally {
    socket.destroy();
  }
  return answer;
}

/** The status and body of each answer in a text; empty where there is none. */
export function answersIn(text: string): { status: number; body: string }[] {
  return text
    .split(/(?=HTTP\/1\.[01] \d{3})/)
    .filter((part) => part.startsWith('HTTP/1.'))
    .map((part) => ({
      status: Number(part.slice(9, 12)),
      body: part.slice(part.indexOf('\r\n\r\n') + 4),
    }));
}
