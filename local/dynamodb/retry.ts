import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDbError } from './dynamodb-error.ts';

/** Attempts in all, the first one included: the AWS SDKs' default (SDKs and Tools Reference, "Retry behavior"). */
const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 50;

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
 * @throws the error itself when there is to be no other attempt
 */
export async function beforeRetry(error: DynamoDbError, attempts: number): Promise<void> {
  if (attempts >= MAX_ATTEMPTS || !isTransient(error)) throw error;
  await sleep(Math.random() * BASE_DELAY_MS * 2 ** attempts);
}

function isTransient({ name, statusCode, cause }: DynamoDbError): boolean {
  return statusCode >= 500 || THROTTLING.has(name) || (cause as { code?: string })?.code === 'ECONNREFUSED';
}
