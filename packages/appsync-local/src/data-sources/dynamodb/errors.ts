import type { DynamoDbError } from '../../database/dynamodb-error.ts';
import type { DataSourceError } from '../data-source.ts';

/** DynamoDB's error names that AppSync passes on (docs/facts/dynamodb.md#error-types); any other becomes `DynamoDbException`. */
const NAMED = new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ProvisionedThroughputExceededException',
  'ResourceNotFoundException',
  'ItemCollectionSizeLimitExceededException',
  'RequestLimitExceeded',
]);
const RENAMED: Record<string, string> = { ThrottlingException: 'ProvisionedThroughputExceededException' };

export const isDynamoDbError = (error: unknown): error is DynamoDbError =>
  error instanceof Error && 'statusCode' in error && 'requestId' in error;

/** `ctx.error`, in the words of the AWS SDK for Java 2, which AppSync uses (docs/facts/dynamodb.md#condition-words). */
export function dataSourceError({ name, message, statusCode, requestId }: DynamoDbError): DataSourceError {
  const type = NAMED.has(name) ? name : (RENAMED[name] ?? 'DynamoDbException');
  const service = `(Service: DynamoDb, Status Code: ${statusCode}, Request ID: ${requestId})`;
  return { type: `DynamoDB:${type}`, message: statusCode === 0 ? message : `${message} ${service}` };
}
