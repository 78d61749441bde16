import { util } from '@aws-appsync/utils';
import { isGiven } from '../../model/given.ts';
import {
  badRequest,
  busy,
  internalError,
  outcomeUnknown,
  type Refusal,
  throttled,
  tooLarge,
} from '../../model/refusals.ts';
import { THROTTLING_EXCEPTIONS, THROTTLING_REASONS } from '../../model/throttling.ts';
import { raise } from './raise.ts';
import { jsonBytes } from './text.ts';

export type DataSourceError = { type: string; message: string };

/** Names of the API references; which of them AppSync makes a `DynamoDbException` is not documented (packages/appsync-local/docs/facts/dynamodb.md#error-types). */
const THROTTLED = [
  ...THROTTLING_EXCEPTIONS.map((name) => `DynamoDB:${name}`),
  'DynamoDB:RequestLimitExceededException',
  'Lambda:EC2ThrottledException',
  'Lambda:TooManyRequestsException',
  ...THROTTLING_REASONS,
];

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
export type Attempted = { payload: unknown };

/** Ends the field with the API's own error for the failure of a read. The cause is logged, never sent. */
export function raiseDataSourceError(error: DataSourceError): void {
  raiseKnown(error);
  raiseInternalError(error);
}

/** The same of a write, which may have been done unless the data source refused it. */
export function raiseWriteError(error: DataSourceError, attempted?: Attempted): void {
  raiseKnown(error, attempted);
  if (wasRefused(error)) {
    raiseInternalError(error);
  }
  raise(outcomeUnknown(logged(error)));
}

/** A client error of DynamoDB or Lambda, in AppSync's words for it (packages/appsync-local/docs/facts/dynamodb.md). A time-out has no status. */
function wasRefused({ message }: DataSourceError): boolean {
  return message.indexOf('Status Code: 4') >= 0;
}

function raiseKnown(error: DataSourceError, attempted?: Attempted): void {
  if (isThrottling(error.type)) {
    raise(throttled());
  }
  if (isBusy(error)) {
    raise(busy());
  }
  raise(dataSourceRefusal(error, attempted));
}

/** What of the input DynamoDB did not take; null when it is not the input's fault. */
export function dataSourceRefusal({ message }: DataSourceError, attempted?: Attempted): Refusal | null {
  if (isTooLarge(message)) {
    return tooLarge(isGiven(attempted) ? jsonBytes(attempted.payload ?? null) : null);
  }
  if (message.indexOf('Nesting Levels have exceeded') >= 0) {
    return badRequest(
      'payload_too_deep',
      'the payload is nested more than 32 levels deep, the most that DynamoDB holds',
      'payload',
    );
  }
  if (message.indexOf('Empty attribute name') >= 0) {
    return badRequest(
      'payload_name_empty',
      'the payload has a member with an empty name, which DynamoDB cannot store',
      'payload',
    );
  }
  return null;
}

/** DynamoDB: "Item size has exceeded the maximum allowed size", and for updates "Item size to update has exceeded …". */
export function isTooLarge(message: string): boolean {
  return message.indexOf('has exceeded the maximum allowed size') >= 0;
}

export function raiseInternalError(cause: unknown): void {
  raise(internalError(logged(cause)));
}

/** Logs the cause. @returns the request id that leads to it */
function logged(cause: unknown): string {
  const requestId = util.autoId();
  console.error({ requestId, cause });
  return requestId;
}
