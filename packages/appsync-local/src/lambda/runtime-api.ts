import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InvocationCause } from './lambda-result.ts';
import { ANSWER_LIMIT } from './limits.ts';

/** An event for a function. */
export interface Invocation {
  requestId: string;
  /** JSON text. */
  payload: string;
  functionArn: string;
  /** Epoch milliseconds. */
  deadlineMs: number;
  /** X-Ray header: `Root=1-…;Parent=…;Sampled=0`. */
  traceId: string;
  /** Absent when nobody says. */
  cause?: InvocationCause | undefined;
}

/** Gives an invocation to the runtime that asked for one. */
export type HandOver = (invocation: Invocation) => void;

/** The host's side of one execution environment: receives its runtime's calls of the Runtime API. */
export interface RuntimeSession {
  next(handOver: HandOver): void;
  /** `maxMemoryKb` is the runtime's peak resident set, if it reported one. @returns false when no such request is running. */
  answered(requestId: string, body: string, maxMemoryKb: number | undefined): boolean;
  failed(requestId: string, body: string): boolean;
  tooLarge(requestId: string): boolean;
  initFailed(body: string): void;
}

export interface RuntimeApi {
  /** @returns the value of AWS_LAMBDA_RUNTIME_API for a new environment, and a function that detaches it. */
  attach(session: RuntimeSession): { address: string; detach(): void };
  close(): Promise<void>;
}

/**
 * Serves the Lambda Runtime API ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide) on a free
 * loopback port. Environments share the port and are identified by an unguessable path prefix. Web pages are refused: one that
 * found the port could take events, and respond in the function's place.
 *
 * @param alone for one environment at a time, whose runtime may expect a host and a port in AWS_LAMBDA_RUNTIME_API, as on
 * Lambda: a runtime client such as Rust's refuses a path there. Default false
 */
export async function openRuntimeApi(alone = false): Promise<RuntimeApi> {
  const sessions = new Map<string, RuntimeSession>();
  const server = createServer((request, response) => {
    if (!isRuntime(request, server.address() as AddressInfo)) {
      return refuse(response, 403, 'AccessDenied', 'only runtimes may ask here');
    }
    route(sessions, request, response).catch(() => response.destroy());
  });
  // A runtime waits for work without a limit.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, timeout: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    attach(session) {
      const id = alone ? '' : randomUUID();
      sessions.set(id, session);
      return { address: `127.0.0.1:${port}${id && `/${id}`}`, detach: () => sessions.delete(id) };
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/**
 * Browsers name the page or the kind of site that sends a request, and a page cannot change that (Fetch 3.1; Fetch Metadata
 * Request Headers 2.2); a page under a name that points here (DNS rebinding) names another host than the runtimes' one.
 */
const isRuntime = ({ headers }: IncomingMessage, { address, port }: AddressInfo): boolean =>
  headers.origin === undefined &&
  headers['sec-fetch-site'] === undefined &&
  headers.host === `${address}:${port}`;

const PATH =
  /^(?:\/([^/]+))?\/2018-06-01\/runtime\/(?:(init)\/error|invocation\/(?:(next)|([^/]+)\/(response|error)))$/;

async function route(
  sessions: Map<string, RuntimeSession>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, id = '', init, next, requestId = '', what] = PATH.exec(request.url ?? '') ?? [];
  const session = sessions.get(id);
  if (!session) {
    return refuse(response, 404, 'NotFound', `no environment at ${request.url}`);
  }
  if (next) {
    return session.next((invocation) => writeInvocation(response, invocation));
  }

  const body = await readBody(request);
  if (init) {
    session.initFailed(body ?? '');
    return accept(response);
  }
  if (body === null) {
    session.tooLarge(requestId);
    return refuse(response, 413, 'RequestEntityTooLarge', 'the response is larger than 6 MB');
  }
  const known =
    what === 'response'
      ? session.answered(requestId, body, maxMemory(request))
      : session.failed(requestId, body);
  if (known) {
    accept(response);
  } else {
    refuse(response, 400, 'InvalidRequestID', `no such request is running: ${requestId}`);
  }
}

function writeInvocation(response: ServerResponse, invocation: Invocation): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(invocation.payload),
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    'Lambda-Runtime-Trace-Id': invocation.traceId,
  });
  response.end(invocation.payload);
}

/** @returns null when the body is larger than a Lambda function may return; the rest is read and dropped. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= ANSWER_LIMIT) {
      chunks.push(chunk);
    } else {
      chunks.length = 0;
    }
  }
  return size <= ANSWER_LIMIT ? Buffer.concat(chunks).toString('utf8') : null;
}

/** A header of our own: Lambda reads this number from the sandbox, which the host cannot. */
function maxMemory(request: IncomingMessage): number | undefined {
  const value = Number(request.headers['x-max-memory-kb']);
  return Number.isFinite(value) ? value : undefined;
}

function accept(response: ServerResponse): void {
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errorMessage, errorType }));
}
