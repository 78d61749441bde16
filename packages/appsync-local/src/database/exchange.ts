/** One HTTP answer. */
export interface Answer {
  statusCode: number;
  requestId: string;
  /** The status line and the headers, as they came from the embedded engine; absent from any other DynamoDB. */
  head?: string;
  body: string;
}

/** Connections to one DynamoDB. */
export interface Exchange {
  /**
   * Sends one POST to `/`.
   *
   * @param headers alternating names and values; the same list for the same headers
   * @throws DynamoDbError without a response
   */
  post(headers: string[], body: string): Promise<Answer>;
  /** Drops the connections; running requests fail. */
  close(): Promise<void>;
}

/** More than an engine with one writer can use, and few enough that a burst does not open a thousand sockets. */
export const CONNECTIONS = 64;
/** The AWS SDK for JavaScript has no limit; AppSync allows 30 s for a whole request (docs/facts/limits.md#request-time). */
export const ANSWER_TIMEOUT_MS = 30_000;
