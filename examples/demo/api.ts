import type { Answered } from '../../schema/answered.ts';
import type { TypedDocumentString } from '../../schema/generated/operations.ts';
import { DemoFailure } from './failure.ts';
import type { Latencies } from './latencies.ts';
import type { Urls } from './server.ts';

/** AppSync itself gives up on a request after 30 s ("AWS AppSync endpoints and quotas": request execution time). */
const PATIENCE_MS = 30_000;

/** One entry of an answer's `errors`, as AppSync writes it. */
export interface ErrorEntry {
  errorType?: string | null;
  errorInfo?: unknown;
  data?: unknown;
  message: string;
}

interface Answer<Result> {
  data: Result | null;
  errors?: ErrorEntry[];
}

/** Sends operations with the API key, as any GraphQL client does, and measures each. Times are in milliseconds. */
export class Api {
  readonly #urls: Urls;
  readonly #latencies: Latencies;

  constructor(urls: Urls, latencies: Latencies) {
    this.#urls = urls;
    this.#latencies = latencies;
  }

  /**
   * The value of `field` of an operation that succeeds.
   * @param measuredAs row of the summary. Default: the field
   * @throws DemoFailure when it came with errors
   */
  async succeed<Result, Variables, Field extends keyof Result & string>(
    field: Field,
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    measuredAs: string = field,
  ): Promise<{ value: Answered<Result>[Field]; ms: number }> {
    const { answer, ms } = await this.#send(document, variables, measuredAs);
    if (answer.errors || !answer.data) {
      throw new DemoFailure(`${field} failed: ${JSON.stringify(answer.errors)}`);
    }
    return { value: (answer.data as Answered<Result>)[field], ms };
  }

  /**
   * The only error of an operation that must be refused.
   * @throws DemoFailure when the answer is anything but one error of this type
   */
  async refused<Result, Variables>(
    errorType: string,
    field: keyof Result & string,
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<{ error: ErrorEntry; ms: number }> {
    const { answer, ms } = await this.#send(document, variables, field);
    const [error, ...others] = answer.errors ?? [];
    if (error?.errorType !== errorType || others.length > 0) {
      throw new DemoFailure(`${field} should be refused with ${errorType}, got ${JSON.stringify(answer)}`);
    }
    return { error, ms };
  }

  async #send<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    measuredAs: string,
  ): Promise<{ answer: Answer<Result>; ms: number }> {
    const body = JSON.stringify({ query: String(document), variables });
    const begun = performance.now();
    const text = await post(this.#urls, body);
    const ms = performance.now() - begun;
    this.#latencies.record(measuredAs, ms);
    return { answer: JSON.parse(text) as Answer<Result>, ms };
  }
}

/** @throws DemoFailure without an answer within 30 s, or with one whose HTTP status is no success */
async function post({ graphql: url, apiKey }: Urls, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    const text = await response.text();
    if (response.ok) {
      return text;
    }
    throw new Error(`HTTP status ${response.status}: ${text}`);
  } catch (error) {
    const { message, cause } = error as Error;
    throw new DemoFailure(`no answer from ${url}: ${cause instanceof Error ? cause.message : message}`);
  }
}
