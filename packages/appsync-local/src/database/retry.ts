import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDbError } from './dynamodb-error.ts';

/** Attempts including the first one: the AWS SDKs' default (SDKs and Tools Reference, "Retry behavior"). */
const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 50;
const LONGEST_WAIT_MS = 10_000;

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** These change nothing, so they can be repeated after any failure. */
const READS = new Set([
  'BatchGetItem',
  'DescribeStream',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'GetRecords',
  'GetShardIterator',
  'ListStreams',
  'ListTables',
  'Query',
  'Scan',
  'TransactGetItems',
]);

/** The last one is undici's, for a connection that the other side closed in order. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Waits before the next of at most three attempts, with exponential delay and full jitter. Throttling and 5xx responses are
 * retried, as in the AWS SDKs, and so is a refused connection, which certainly has changed nothing.
 *
 * A connection that broke before the response is different. It happens without anybody's fault when a connection is reused:
 * servers close idle connections (Node.js after 5 s, DynamoDB Local after 30), and a client that was busy meanwhile does not
 * know when it writes. The AWS SDKs then retry everything. Here only reads are retried: a write may have been done, and would
 * fail its own condition the second time.
 *
 * @param operation of the call: `GetItem`
 * @param attempts made so far
 * @param serving resolves when the engine listens again after a connection failed; the wait is at most 10 s
 * @throws the error itself when there is no further attempt
 */
export async function beforeRetry(
  error: DynamoDbError,
  operation: string,
  attempts: number,
  serving?: () => Promise<void>,
): Promise<void> {
  if (attempts >= MAX_ATTEMPTS || !isTransient(error, operation)) {
    throw error;
  }
  await sleep(Math.random() * BASE_DELAY_MS * 2 ** attempts);
  if (serving && error.statusCode === 0) {
    await atMost(serving(), LONGEST_WAIT_MS);
  }
}

function isTransient({ statusCode, name, cause }: DynamoDbError, operation: string): boolean {
  if (statusCode > 0) {
    return statusCode >= 500 || THROTTLING.has(name);
  }
  const { code = '' } = (cause ?? {}) as { code?: string };
  return code === 'ECONNREFUSED' || (READS.has(operation) && BROKEN.has(code));
}

async function atMost(waited: Promise<void>, ms: number): Promise<void> {
  const late = new AbortController();
  await Promise.race([waited, sleep(ms, null, { signal: late.signal }).catch(() => null)]);
  late.abort();
}
