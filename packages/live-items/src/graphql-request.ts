import { ApiError, asApiError, type ErrorEntry, failureOf } from './api-error.ts';
import { type Authorization, hostOf } from './authorization.ts';
import { credentialsFor } from './credentials.ts';
import type { Operation } from './protocol.ts';

/** The part of `fetch` that is needed. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<{ status: number; text(): Promise<string> }>;

export interface RequestOptions {
  /** The API's URL: `https://….appsync-api.REGION.amazonaws.com/graphql`. */
  url: string;
  authorization: Authorization;
  /** Default: the global one. */
  fetch?: Fetch;
  signal?: AbortSignal;
  /** How long to wait for the answer, in milliseconds. Default: 35,000, because AppSync gives up after 30 seconds. */
  patienceMs?: number | undefined;
}

/** AppSync itself gives up on a request after 30 s (AWS General Reference, "AWS AppSync endpoints and quotas"). */
const TIMEOUT_MS = 35_000;

/**
 * Sends one request; refused credentials are renewed and tried again, once.
 *
 * @returns the response's `data`
 * @throws ApiError for any other response, and without one
 */
export async function graphqlRequest<Data>(options: RequestOptions, operation: Operation): Promise<Data> {
  try {
    return await post<Data>(options, operation, false);
  } catch (error) {
    if (asApiError(error).remedy !== 'credentials') {
      throw asApiError(error);
    }
    return post<Data>(options, operation, true);
  }
}

async function post<Data>(
  { url, authorization, fetch: send = fetch, signal, patienceMs = TIMEOUT_MS }: RequestOptions,
  { query, variables = {} }: Operation,
  forceRefresh: boolean,
): Promise<Data> {
  const body = JSON.stringify({ query, variables });
  const headers = { 'content-type': 'application/json', host: hostOf(url) };
  // The sender of the request sets `host`; browsers refuse to have it set.
  const { host: _, ...signed } = lowerCase(
    await credentialsFor(authorization, { url, body, headers, forceRefresh }),
  );
  const deadline = deadlineAfter(patienceMs, signal);
  const asked = async (): Promise<Data> => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': headers['content-type'], ...signed },
      body,
      signal: deadline.signal,
    });
    return dataOf<Data>(response.status, await response.text());
  };
  try {
    return await Promise.race([asked(), deadline.over]);
  } finally {
    deadline.clear();
  }
}

function dataOf<Data>(status: number, text: string): Data {
  const answer = parsed(text);
  if (answer === null) {
    throw new ApiError(
      `status ${status} and no JSON: is a proxy in between?`,
      status === 200 ? 'retry' : failureOf([], status).remedy,
    );
  }
  const { data, errors = [] } = answer;
  if (status !== 200 || errors.length > 0 || !data) {
    throw failureOf(errors, status === 200 ? 0 : status);
  }
  return data as Data;
}

function parsed(text: string): { data?: unknown; errors?: ErrorEntry[] } | null {
  try {
    return JSON.parse(text) as { data?: unknown; errors?: ErrorEntry[] } | null;
  } catch {
    return null;
  }
}

const lowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

interface Deadline {
  signal: AbortSignal;
  /** Rejects when the time is over or the request is given up: a `fetch` may not know signals. */
  over: Promise<never>;
  clear(): void;
}

/** React Native has neither `AbortSignal.timeout` nor `AbortSignal.any`. */
function deadlineAfter(ms: number, signal?: AbortSignal): Deadline {
  const controller = new AbortController();
  let reject: (reason: ApiError) => void = () => undefined;
  const over = new Promise<never>((_, rejected) => (reject = rejected));
  over.catch(() => undefined); // The request may have been answered by then.
  const end = (message: string): void => {
    controller.abort();
    reject(new ApiError(message, 'retry'));
  };
  const abort = (): void => end('the request was given up');
  const timer = setTimeout(() => end(`the API did not answer within ${ms} ms`), ms);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) {
    abort();
  }
  return {
    signal: controller.signal,
    over,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}
