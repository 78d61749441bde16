import { util } from '@aws-appsync/utils';
import { badRequest } from './input.ts';

type DataSourceError = { type: string; message: string };

const THROTTLED = [
  'DynamoDB:ProvisionedThroughputExceededException',
  'DynamoDB:RequestLimitExceeded',
  'DynamoDB:ThrottlingException',
  'Lambda:TooManyRequestsException',
];

/** How long a client should wait before it tries again; on-demand tables adapt within seconds. */
const RETRY_AFTER_MS = 1000;

export function isConditionFailure(error: DataSourceError): boolean {
  return error.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** Ends the field with the API's own error for a data source's failure. The cause is logged, never sent. */
export function raiseDataSourceError(error: DataSourceError): void {
  if (THROTTLED.indexOf(error.type) >= 0) {
    raiseThrottled();
  }
  // DynamoDB: "Item size has exceeded the maximum allowed size", and for updates "Item size to update has exceeded …".
  if (error.message.indexOf('has exceeded the maximum allowed size') >= 0) {
    badRequest('the item is larger than 400 KB, the most that DynamoDB holds', 'payload');
  }
  if (error.message.indexOf('Nesting Levels have exceeded') >= 0) {
    badRequest('the payload is nested more than 32 levels deep, the most that DynamoDB holds', 'payload');
  }
  if (error.message.indexOf('Number overflow') >= 0 || error.message.indexOf('Number underflow') >= 0) {
    badRequest(
      'the payload holds a number out of the range that DynamoDB keeps, 1E-130 to 9.9E+125',
      'payload',
    );
  }
  raiseInternalError(error);
}

export function raiseThrottled(): void {
  util.error('too many requests right now; try again', 'Throttled', null, { retryAfterMs: RETRY_AFTER_MS });
}

export function raiseInternalError(cause: unknown): void {
  const requestId = util.autoId();
  console.error({ requestId, cause });
  util.error('internal error', 'InternalError', null, { requestId });
}
