/** One HTTP answer. */
export interface Answer {
  statusCode: number;
  requestId: string;
  body: string;
}

/** Connections to one DynamoDB. */
export interface Exchange {
  /**
   * One POST to `/`.
   *
   * @param headers names and values in turn; the same list for the same headers
   * @throws DynamoDbError when no answer came
   */
  post(headers: string[], body: string): Promise<Answer>;
  /** Drops the connections; what is under way fails. */
  close(): Promise<void>;
}

/** More than an engine with one writer can use, few enough to keep a burst from opening a thousand sockets. */
export const CONNECTIONS = 64;
/** The AWS SDK for JavaScript has no limit; AppSync gives a whole request 30 s (docs/facts/limits.md#request-time). */
export const ANSWER_TIMEOUT_MS = 30_000;
