/** Exceptions by which DynamoDB says that it has too much to do (Developer Guide, "Error handling with DynamoDB"). */
export const THROTTLING_EXCEPTIONS = [
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
];

/** The same as reasons why a transaction was cancelled (API reference, TransactWriteItems). */
export const THROTTLING_REASONS = ['ProvisionedThroughputExceeded', 'ThrottlingError'];

/** Exceptions and reasons by which it says that another transaction is at work on the item: the next moment it may go. */
export const CONTENTION = [
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
];
