import type { Caller, Headers } from './callers.ts';
import type { GraphQLAnswer, Operation } from './graphql.ts';
import { refusalText } from './refusal-text.ts';
import type { Status } from './status.ts';

/** A request over HTTP and its answer. */
export interface Exchange {
  operation: Operation;
  caller: Caller;
  /** As sent, apart from those the browser adds. */
  headers: Headers;
  body: string;
  /** HTTP status; missing when there was no answer. */
  status?: number;
  requestId?: string;
  /** From the call to the last byte. */
  milliseconds: number;
  /** Of the answer's body, as it is after decompression. */
  bytes: number;
  /** The answer's body as it came. */
  text: string;
  answer: GraphQLAnswer;
}

/** Sends a query or a mutation. A failure is an answer with an error, which the status line shows too. */
export async function send(operation: Operation, caller: Caller, status: Status): Promise<Exchange> {
  const { query, variables, operationName } = operation;
  const body = JSON.stringify({ query, variables, operationName });
  const sent = { operation, caller, body };
  const started = performance.now();
  try {
    const headers = { 'content-type': 'application/json', ...(await caller.headers(body)) };
    const response = await fetch('/graphql', { method: 'POST', headers, body });
    const text = await response.text();
    const answer = parseAnswer(text, response.status);
    if (response.ok) {
      status.ok(`Connected · ${caller.name}`);
    } else {
      status.error(refusalText(response.status, answer, caller));
    }
    return {
      ...sent,
      headers,
      status: response.status,
      requestId: response.headers.get('x-amzn-requestid') ?? undefined,
      milliseconds: performance.now() - started,
      bytes: new TextEncoder().encode(text).length,
      text,
      answer,
    };
  } catch (error) {
    const message = isUnreachable(error)
      ? 'The server does not answer; start it and try again.'
      : (error as Error).message;
    status.error(message);
    return {
      ...sent,
      headers: {},
      milliseconds: performance.now() - started,
      bytes: 0,
      text: '',
      answer: { errors: [{ message }] },
    };
  }
}

function parseAnswer(text: string, status: number): GraphQLAnswer {
  try {
    return JSON.parse(text) as GraphQLAnswer;
  } catch {
    return {
      errors: [{ message: `The server answered ${status} with something that is not JSON: ${text}` }],
    };
  }
}

/** fetch rejects with a TypeError when there is no connection, and when a header that was typed cannot be sent. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError && !/header|non ISO-8859-1|ByteString/i.test(error.message);
