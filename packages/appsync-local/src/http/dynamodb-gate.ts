import type { IncomingMessage, ServerResponse } from 'node:http';
import { textWithin } from './body.ts';
import { answerError, answerUnavailable, openLoopback, type PassThrough } from './forward.ts';

/**
 * Whether a caller may make a DynamoDB call.
 * @param operation `GetItem` @param input in DynamoDB's own JSON
 */
export type JudgeCall = (
  accessKeyId: string,
  operation: string,
  input: object,
) => 'allowed' | 'unknown-caller' | { refused: string };

/** The embedded engine, over connections that are kept. */
export interface GatedEngine {
  /** @param headers alternating names and values. Rejects without a response */
  post(headers: string[], body: string): Promise<GatedAnswer>;
  close(): Promise<void>;
}

interface GatedAnswer {
  statusCode: number;
  /** The status line and the headers as they came. */
  head?: string;
  body: string;
}

/** Longest request in bytes: a transaction's or a batch's items are 16 MB at most, and JSON and base64 make them longer. */
const LARGEST_REQUEST = 32 * 1024 * 1024;

/**
 * A DynamoDB for Lambda functions: a loopback port that hands on what the caller's role allows. Callers are known by their access key,
 * which is made for each start; their signatures are not verified, as the engine behind it does not either. The engine is called over connections
 * of our own, because Node.js's client and streams on both sides took three quarters of what a call cost this process (measured 2026-11-30).
 */
export function openDynamoDbGate(engine: GatedEngine, judge: JudgeCall): Promise<PassThrough> {
  return openLoopback(
    (message, out) => void serve(engine, judge, message, out),
    () => engine.close(),
  );
}

async function serve(
  engine: GatedEngine,
  judge: JudgeCall,
  message: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  try {
    const body = await textWithin(message, LARGEST_REQUEST);
    if (body === null) {
      return answerError(out, 413, 'RequestEntityTooLarge', 'the request is too large');
    }
    const verdict = judge(accessKeyOf(message), operationOf(message), inputOf(body));
    if (verdict === 'unknown-caller') {
      return answerError(out, 400, 'UnrecognizedClientException', UNKNOWN);
    }
    if (verdict !== 'allowed') {
      return answerError(out, 400, 'AccessDeniedException', verdict.refused);
    }
    const answer = await engine.post(headersFor(message), body).catch(() => null);
    if (answer === null) {
      return answerUnavailable(out);
    }
    write(out, answer);
  } catch {
    // The caller went away while it was sending.
    out.destroy();
  }
}

const UNKNOWN = 'The security token included in the request is invalid.';

/** What the engine asks for, as the caller has it. */
const PASSED = ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'];

const headersFor = ({ headers }: IncomingMessage): string[] =>
  PASSED.flatMap((name) => (headers[name] === undefined ? [] : [name, String(headers[name])]));

/** What a client of AWS reads: SDKs in some languages compare the checksum with the body. */
const ANSWERED = ['content-type', 'x-amzn-requestid', 'x-amz-crc32'];
const ANSWERED_LINES = ANSWERED.map((name) => [name, new RegExp(`\\r\\n${name}: *([^\\r]*)`, 'i')] as const);

function write(out: ServerResponse, { statusCode, head = '', body }: GatedAnswer): void {
  const headers = ['content-length', String(Buffer.byteLength(body))];
  for (const [name, line] of ANSWERED_LINES) {
    const value = line.exec(head)?.[1];
    if (value !== undefined) {
      headers.push(name, value);
    }
  }
  out.writeHead(statusCode, headers);
  out.end(body);
}

const accessKeyOf = ({ headers }: IncomingMessage): string =>
  /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';

/** `DynamoDB_20120810.GetItem`. */
const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';

/** What is no JSON has no tables to judge; the engine refuses it. */
function inputOf(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
