import { util } from '@aws-appsync/utils';
import { jsonBytes } from './input.ts';
import { raise, refusal, type Refusal } from './refusal.ts';

export type DataSourceError = { type: string; message: string };

/** Names of the API references; which of them AppSync makes a `DynamoDbException` is not documented (packages/appsync-local/docs/facts/dynamodb.md#error-types). */
const THROTTLED = [
  'DynamoDB:ProvisionedThroughputExceededException',
  'DynamoDB:RequestLimitExceeded',
  'DynamoDB:RequestLimitExceededException',
  'DynamoDB:ThrottlingException',
  'Lambda:EC2ThrottledException',
  'Lambda:TooManyRequestsException',
  // Why a transaction was cancelled (API reference, TransactWriteItems).
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
];

/** How long a client should wait before it tries again; on-demand tables adapt within seconds. */
const RETRY_AFTER_MS = 1000;

export function isConditionFailure(error: DataSourceError): boolean {
  return error.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** A transaction is under way on the item that a write is for: it has certainly changed nothing (API reference, UpdateItem). */
export function isBusy({ type, message }: DataSourceError): boolean {
  return (
    type === 'DynamoDB:TransactionConflictException' ||
    type === 'DynamoDB:TransactionInProgressException' ||
    message.indexOf('Transaction is ongoing for the item') >= 0
  );
}

/** Of an error or of the reason why a transaction was cancelled. */
export function isThrottling(type: string): boolean {
  return THROTTLED.indexOf(type) >= 0;
}

/** What was to be written, where that is known. */
export type Attempt = { payload: unknown };

/** Ends the field with the API's own error for a data source's failure. The cause is logged, never sent. */
export function raiseDataSourceError(error: DataSourceError, attempt?: Attempt): void {
  if (isThrottling(error.type)) {
    raiseThrottled();
  }
  if (isBusy(error)) {
    raiseBusy();
  }
  raise(dataSourceRefusal(error, attempt));
  raiseInternalError(error);
}

/** What of the input DynamoDB did not take; null when it is not the input's fault. */
export function dataSourceRefusal({ message }: DataSourceError, attempt?: Attempt): Refusal | null {
  if (isTooLarge(message)) {
    return refused(
      attempt
        ? `the item is larger than 400 KB, the most that DynamoDB holds: its payload takes ${jsonBytes(attempt.payload ?? null)} bytes of JSON`
        : 'the item would be larger than 400 KB, the most that DynamoDB holds',
    );
  }
  if (message.indexOf('Nesting Levels have exceeded') >= 0) {
    return refused('the payload is nested more than 32 levels deep, the most that DynamoDB holds');
  }
  if (message.indexOf('Empty attribute name') >= 0) {
    return refused('the payload has a member whose name is empty, which DynamoDB does not hold');
  }
  return null;
}

/** DynamoDB: "Item size has exceeded the maximum allowed size", and for updates "Item size to update has exceeded …". */
export function isTooLarge(message: string): boolean {
  return message.indexOf('has exceeded the maximum allowed size') >= 0;
}

function refused(message: string): Refusal {
  return refusal('BadRequest', message, { field: 'payload' });
}

export function raiseThrottled(): void {
  util.error('too many requests right now; try again', 'Throttled', null, { retryAfterMs: RETRY_AFTER_MS });
}

export function raiseBusy(): void {
  util.error(
    'others are writing the same items in transactions, which takes turns; try again',
    'Throttled',
    null,
    { retryAfterMs: RETRY_AFTER_MS },
  );
}

export function raiseInternalError(cause: unknown): void {
  const requestId = util.autoId();
  console.error({ requestId, cause });
  util.error('internal error', 'InternalError', null, { requestId });
}
