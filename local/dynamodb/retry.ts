import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDbError } from './dynamodb-error.ts';

/** Attempts in all, the first one included: the AWS SDKs' default (SDKs and Tools Reference, "Retry behavior"). */
const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 50;
const LONGEST_WAIT_MS = 10_000;

const THROTTLING = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/**
 * Waits before the next of at most three attempts, with exponential delay and full jitter. Throttling and 5xx answers are
 * tried again, as the AWS SDKs do, and so is a refused connection, which certainly has changed nothing. Nothing else is.
 *
 * @param attempts made so far
 * @param serving resolves once somebody listens again, after a connection was refused; nobody waits longer than 10 s for it
 * @throws the error itself when there is to be no other attempt
 */
export async function beforeRetry(
  error: DynamoDbError,
  attempts: number,
  serving?: () => Promise<void>,
): Promise<void> {
  if (attempts >= MAX_ATTEMPTS || !isTransient(error)) throw error;
  await sleep(Math.random() * BASE_DELAY_MS * 2 ** attempts);
  if (serving && isRefused(error)) await atMost(serving(), LONGEST_WAIT_MS);
}

const isTransient = (error: DynamoDbError): boolean =>
  error.statusCode >= 500 || THROTTLING.has(error.name) || isRefused(error);

const isRefused = ({ cause }: DynamoDbError): boolean =>
  (cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';

async function atMost(waited: Promise<void>, ms: number): Promise<void> {
  const late = new AbortController();
  await Promise.race([waited, sleep(ms, null, { signal: late.signal }).catch(() => null)]);
  late.abort();
}
