import { Agent } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError, type Engine, forward, openLoopback, type PassThrough } from './forward.ts';

/**
 * Whether a caller may make a DynamoDB call.
 * @param operation `GetItem` @param input in DynamoDB's own JSON
 */
export type JudgeCall = (
  accessKeyId: string,
  operation: string,
  input: object,
) => 'allowed' | 'unknown-caller' | { refused: string };

/** Longest request in bytes: a transaction's or a batch's items are 16 MB at most, and JSON and base64 make them longer. */
const LARGEST_REQUEST = 32 * 1024 * 1024;

/**
 * A DynamoDB for Lambda functions: a loopback port that hands on what the caller's role allows. Callers are known by their access key,
 * which is made for each start; their signatures are not verified, as the engine behind it does not either.
 * @param to `http://HOST:PORT` of the engine
 */
export function openDynamoDbGate(to: string, judge: JudgeCall): Promise<PassThrough> {
  const engine = { to: new URL(to), agent: new Agent({ keepAlive: true, noDelay: true }) };
  return openLoopback(engine, (message, out) => void serve(engine, judge, message, out));
}

async function serve(
  engine: Engine,
  judge: JudgeCall,
  message: IncomingMessage,
  out: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(message);
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
    forward(engine, message, out, { body });
  } catch {
    // The caller went away while it was sending.
    out.destroy();
  }
}

const UNKNOWN = 'The security token included in the request is invalid.';

async function readBody(message: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_REQUEST) {
      return null;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

const accessKeyOf = ({ headers }: IncomingMessage): string =>
  /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';

/** `DynamoDB_20120810.GetItem`. */
const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';

/** What is no JSON has no tables to judge; the engine refuses it. */
function inputOf(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
