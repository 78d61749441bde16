import { Agent } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { RequestRefused } from '../auth/caller.ts';
import type { Admit } from './admission.ts';
import { answerError, forward, openLoopback, type PassThrough } from './forward.ts';
import { headersOf } from './node-request.ts';

export interface PassThroughOptions {
  /** `http://HOST:PORT` of the DynamoDB behind it. */
  to: string;
  admit: Admit;
}

/**
 * Opens a DynamoDB endpoint for tools: a loopback port that forwards every admitted request unchanged, and its response. The
 * DynamoDB behind it admits everybody, including web pages, so it listens on a port that browsers refuse.
 */
export function openPassThrough({ to, admit }: PassThroughOptions): Promise<PassThrough> {
  const agent = new Agent({ keepAlive: true });
  const engine = { to: new URL(to), agent };
  const serve = (message: IncomingMessage, out: ServerResponse): void => {
    const origin = admitted(admit, message, out);
    if (origin !== undefined) {
      forward(engine, message, out, { headers: (headers) => withCors(headers, origin) });
    }
  };
  return openLoopback(serve, () => agent.destroy());
}

/** @returns undefined when the request was refused and answered */
function admitted(admit: Admit, message: IncomingMessage, out: ServerResponse): string | null | undefined {
  try {
    return admit({ method: message.method ?? 'GET', headers: headersOf(message.rawHeaders) });
  } catch (error) {
    if (!(error instanceof RequestRefused)) {
      throw error;
    }
    answerError(out, error.status, error.errorType, error.message);
    return undefined;
  }
}

/** Replaces the engine's own header, which would let pages of any origin read the response. */
function withCors(headers: OutgoingHttpHeaders, origin: string | null): OutgoingHttpHeaders {
  delete headers['access-control-allow-origin'];
  return { ...headers, vary: 'Origin', ...(origin !== null && { 'access-control-allow-origin': origin }) };
}
